import { expect, test } from "vitest";
import { messageOf } from "./message-of.ts";

test("an error is told with its causes, a line each", () => {
  const error = new Error("No database.", { cause: new Error("refused", { cause: "no error" }) });
  expect(messageOf(error)).toBe("No database.\n  refused");
});

test("several that stand for one without words of its own are all told", () => {
  // What Node.js says of a host that has more than one address.
  const refused = new AggregateError([new Error("refused ::1"), new Error("refused 127.0.0.1")]);
  expect(messageOf(refused)).toBe("refused ::1, refused 127.0.0.1");
  expect(messageOf(new Error("No database.", { cause: refused }))).toMatch(/\n {2}refused ::1, refused 127/);
});

test("what is no error is told as it is", () => {
  expect(messageOf("stop")).toBe("stop");
});
