import { MemlaneError } from "@memlane/core";
import { findUnsafeJson } from "./check-json.ts";
import { printPath, printIssue } from "./print-issue.ts";

/**
 * Parses a body. An empty one is undefined.
 *
 * @throws MemlaneError `malformed_body` if it is not JSON, or `invalid_request` if parsing would be
 * slow or would change a value
 */
export function parseBody(text: string): unknown {
  if (text.trim() === "") return undefined;
  const unsafe = findUnsafeJson(text);
  if (unsafe !== undefined) {
    const issue = { field: printPath(unsafe.path), message: unsafe.message, type: "invalid_value" };
    throw new MemlaneError({ code: "invalid_request", message: printIssue(issue), issues: [issue] });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MemlaneError({ code: "malformed_body", message: `the body is not JSON: ${reason}`, cause });
  }
}

/** The error for an empty body on a route that needs one. */
export const emptyBody = () =>
  new MemlaneError({ code: "malformed_body", message: "the body is not JSON: it is empty" });
