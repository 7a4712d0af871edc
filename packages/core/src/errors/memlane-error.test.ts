import { describe, expect, test } from "vitest";
import { errorTable, type ErrorCode } from "./error-table.ts";
import { MemlaneError } from "./memlane-error.ts";

test("for all codes, the table gives what the code implies", () => {
  for (const code of Object.keys(errorTable) as ErrorCode[]) {
    expect(new MemlaneError({ code, message: "" })).toMatchObject({ code, ...errorTable[code] });
  }
});

test("the status of the answer replaces that of the table", () => {
  expect(new MemlaneError({ code: "server_error", message: "", status: 502 }).status).toBe(502);
  expect(new MemlaneError({ code: "invalid_request", message: "", status: null }).status).toBeNull();
});

test("it is an Error with a message, a name and a cause", () => {
  const cause = new TypeError("fetch failed");
  const error = new MemlaneError({ code: "network_error", message: "no connection", cause });
  expect(error).toBeInstanceOf(Error);
  expect(String(error)).toBe("MemlaneError: no connection");
  expect(error.cause).toBe(cause);
});

describe("is", () => {
  test("recognises an error of another copy of this package by its marker", () => {
    expect(MemlaneError.is({ [Symbol.for("memlane.error")]: true })).toBe(true);
  });

  test.each([undefined, null, "MemlaneError", 1, {}, new Error("MemlaneError"), { code: "timeout" }])(
    "knows that %s is none",
    (value) => {
      expect(MemlaneError.is(value)).toBe(false);
    },
  );
});
