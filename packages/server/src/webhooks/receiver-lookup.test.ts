import type { LookupAddress } from "node:dns";
import { expect, test } from "vitest";
import { createReceiverLookup } from "./receiver-lookup.ts";

const lookUp = (addresses: readonly LookupAddress[], all: boolean, allowPrivate = false) =>
  new Promise((resolve, reject) => {
    const lookup = createReceiverLookup(async () => addresses, allowPrivate);
    lookup("example.com", { all }, (error, address) => (error === null ? resolve(address) : reject(error)));
  });
const home = { address: "127.0.0.1", family: 4 };
const mapped = { address: "::ffff:10.0.0.1", family: 6 };
const open = { address: "1.1.1.1", family: 4 };

test("a name with public and private addresses is reached at the public ones only", async () => {
  expect(await lookUp([home, open, mapped], true)).toEqual([open]);
  expect(await lookUp([mapped, open], false)).toBe("1.1.1.1");
});

test("if private addresses are allowed, all addresses are used", async () => {
  expect(await lookUp([home, open, mapped], true, true)).toEqual([home, open, mapped]);
});

test("a name without a public address is not reached, and the error does not name its addresses", async () => {
  await expect(lookUp([home, mapped], true)).rejects.toThrow(/^example.com has no public address$/);
  await expect(lookUp([], false)).rejects.toThrow("has no public address");
});

test("a name that does not resolve is an error", async () => {
  const lookup = createReceiverLookup(() => Promise.reject(new Error("ENOTFOUND")), false);
  await expect(
    new Promise((resolve, reject) => lookup("x", {}, (error) => (error ? reject(error) : resolve(1)))),
  ).rejects.toThrow("ENOTFOUND");
});
