import { expect, test } from "vitest";
import { messageOfRootCause } from "./root-cause.ts";

const refused = new Error("connection refused");
test.each([
  [
    "the cause of a cause",
    new Error("a", { cause: new Error("b", { cause: refused }) }),
    "connection refused",
  ],
  [
    "the first of several attempts",
    new Error("a", { cause: new AggregateError([refused]) }),
    "connection refused",
  ],
  ["an error whose cause is null", new Error("a", { cause: null }), "a"],
  ["a text", "no error", "no error"],
])("says the message of %s", (_what, error, message) => {
  expect(messageOfRootCause(error)).toBe(message);
});

test("ends at an error that is its own cause", () => {
  const error = new Error("a circle");
  error.cause = error;
  expect(messageOfRootCause(error)).toBe("a circle");
});
