import { expect, test } from "vitest";
import { isTransient, transientCauseOf } from "./transient-error.ts";

const withCode = (code: string, message = "as the driver says it") =>
  Object.assign(new Error(message), { code });

// From the appendix of PostgreSQL's manual: at least one of each class that our statements can
// cause.
test.each([
  ["08001", "unavailable"],
  ["08003", "interrupted"],
  ["08006", "interrupted"],
  ["0A000", undefined],
  ["22001", undefined],
  ["22021", undefined],
  ["23505", undefined],
  ["23514", undefined],
  ["25006", "unavailable"],
  ["25P02", undefined],
  ["25P03", "interrupted"],
  ["26000", "interrupted"],
  ["28P01", "unavailable"],
  ["3D000", "unavailable"],
  ["40001", "interrupted"],
  ["40P01", "interrupted"],
  ["42P01", undefined],
  ["42P05", "interrupted"],
  ["42501", undefined],
  ["53100", "unavailable"],
  ["53200", "interrupted"],
  ["53300", "unavailable"],
  ["53400", "interrupted"],
  ["54000", undefined],
  ["55000", undefined],
  ["55006", "interrupted"],
  ["55P03", "interrupted"],
  ["57014", "interrupted"],
  ["57P01", "interrupted"],
  ["57P02", "interrupted"],
  ["57P03", "unavailable"],
  ["58000", "unavailable"],
  ["58030", "unavailable"],
  ["58P01", "unavailable"],
  ["XX000", undefined],
  ["XX001", undefined],
  ["ECONNREFUSED", "unavailable"],
  ["EAI_AGAIN", "unavailable"],
  ["EMFILE", "unavailable"],
  ["EADDRNOTAVAIL", "unavailable"],
  ["ECONNRESET", "interrupted"],
  ["EPIPE", "interrupted"],
  ["EACCES", undefined],
  ["ERR_INVALID_ARG_TYPE", undefined],
  ["constructor", undefined],
  ["4000", undefined],
])("%s is %s", (code, cause) => {
  expect(transientCauseOf(withCode(code))).toBe(cause);
  expect(isTransient(withCode(code))).toBe(cause !== undefined);
});

test.each([
  ["Connection terminated unexpectedly", "interrupted"],
  ["Client has encountered a connection error and is not queryable", "interrupted"],
  ["Client was closed and is not queryable", "interrupted"],
  ["Query read timeout", "interrupted"],
  ["timeout exceeded when trying to connect", "unavailable"],
  ["Connection terminated due to connection timeout", "unavailable"],
  ["pgbouncer cannot connect to server", "unavailable"],
  ["server login has been failing, try again later (server_login_retry)", "unavailable"],
  ["query_wait_timeout", "unavailable"],
  ["something else", undefined],
])("the message '%s' is %s", (message, cause) => {
  expect(transientCauseOf(new Error(message))).toBe(cause);
});

test("the cause of an AggregateError is the first known cause of its errors", () => {
  expect(transientCauseOf(new AggregateError([new Error("x"), withCode("ECONNREFUSED")]))).toBe(
    "unavailable",
  );
  expect(transientCauseOf(new AggregateError([new Error("x")]))).toBeUndefined();
  expect(transientCauseOf("57014")).toBeUndefined();
});
