import { expect, test } from "vitest";
import { describeDeliveryFault, ForbiddenUrlError } from "./describe-delivery-fault.ts";

const fault = (code: string, message = `${code} 10.0.0.1:5432 db.inside`) =>
  Object.assign(new Error(message), { code });

test.each([
  fault("ENOTFOUND"),
  fault("ENODATA"),
  fault("ETIMEOUT"),
  fault("ECANCELLED"),
  fault("ECONNREFUSED"),
  fault("ECONNRESET"),
  fault("EHOSTUNREACH"),
  fault("EPROTO"),
  fault("HPE_INVALID_CONSTANT"),
  new Error("db.inside has no public address"),
  new AggregateError([fault("ECONNREFUSED")]),
])("%s says nothing about the server's network", (error) => {
  expect(describeDeliveryFault(error)).toBe("the receiver could not be reached");
});

test("a refused certificate is described by its code, without its names", () => {
  const error = fault(
    "ERR_TLS_CERT_ALTNAME_INVALID",
    "Host: a.test. is not in the cert's altnames: DNS:db.inside",
  );
  expect(describeDeliveryFault(error)).toBe(
    "the receiver's certificate was refused: ERR_TLS_CERT_ALTNAME_INVALID",
  );
});

test("a forbidden URL is described by the reason of the refusal", () => {
  expect(describeDeliveryFault(new ForbiddenUrlError("the URL must start with https://"))).toBe(
    "the URL must start with https://",
  );
});
