import { MemlaneError, type ServerErrorCode } from "@memlane/core";
import type { Logger } from "pino";
import { isTransient } from "../database/transient-error.ts";

/** The error with which a failed request is answered. Logs a failure of the server, because the caller does not see its cause. */
export function errorForCaller(
  error: unknown,
  log: Logger,
  code: ServerErrorCode = "server_error",
): MemlaneError {
  if (MemlaneError.is(error)) return error;
  log.error({ err: error }, "request failed");
  if (isTransient(error)) {
    const message = "the database is not available at the moment";
    return new MemlaneError({ code: "unavailable", message, retryAfterMs: 1000 });
  }
  return new MemlaneError({ code, message: "something went wrong on our side" });
}
