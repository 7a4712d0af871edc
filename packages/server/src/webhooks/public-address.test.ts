import * as fc from "fast-check";
import { expect, test } from "vitest";
import { isPublicAddress } from "./public-address.ts";

test.each(["1.1.1.1", "93.184.216.34", "172.32.0.1", "2606:4700:4700::1111", "::ffff:1.1.1.1"])(
  "%s is public",
  (address) => expect(isPublicAddress(address)).toBe(true),
);

test.each([
  ["this machine", ["127.0.0.1", "127.8.9.1", "0.0.0.0", "::1", "::"]],
  ["a private network", ["10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "fd00::1", "fec0::1"]],
  ["the link, with the metadata of clouds", ["169.254.169.254", "169.254.170.2", "fe80::1", "fd00:ec2::254"]],
  ["a carrier's network", ["100.64.0.1", "100.100.100.200"]],
  ["many at once", ["224.0.0.1", "255.255.255.255", "ff02::1"]],
  [
    "nobody, or a protocol",
    ["192.0.0.192", "198.18.0.1", "203.0.113.1", "240.0.0.1", "2001:db8::1", "100::1"],
  ],
  ["a cloud's platform", ["168.63.129.16"]],
  [
    "an IPv4 network, in IPv6",
    [
      "::ffff:127.0.0.1",
      "::ffff:a00:1",
      "::127.0.0.1",
      "64:ff9b::10.0.0.1",
      "2002:7f00:1::",
      "2001:0:a00:1::",
    ],
  ],
  ["no address", ["", "localhost", "1.1.1", "fe80::1%eth0"]],
])("what belongs to %s is not: %j", (_, addresses) => {
  expect(addresses.filter(isPublicAddress)).toEqual([]);
});

test("each IPv6 form of an IPv4 address is judged like that address", () => {
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      const [a = 0, b = 0, c = 0, d = 0] = address.split(".").map(Number);
      const hex = `::ffff:${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
      expect(isPublicAddress(hex)).toBe(isPublicAddress(address));
      expect(isPublicAddress(`::ffff:${address}`)).toBe(isPublicAddress(address));
    }),
  );
});
