import { expect, test } from "vitest";
import { messageOf } from "./message-of.ts";

test("an error is printed with its causes, one per line", () => {
  const error = new Error("No database.", { cause: new Error("refused", { cause: "no error" }) });
  expect(messageOf(error)).toBe("No database.\n  refused");
});

test("an AggregateError without a message is printed as its errors", () => {
  // The error of Node.js for a host with more than one address.
  const refused = new AggregateError([new Error("refused ::1"), new Error("refused 127.0.0.1")]);
  expect(messageOf(refused)).toBe("refused ::1, refused 127.0.0.1");
  expect(messageOf(new Error("No database.", { cause: refused }))).toMatch(/\n {2}refused ::1, refused 127/);
});

test("a value that is not an error is printed as a string", () => {
  expect(messageOf("stop")).toBe("stop");
});
