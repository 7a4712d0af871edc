import { APICallError, NoObjectGeneratedError, NoOutputGeneratedError } from "ai";
import { parseRetryAfter } from "@memlane/core";
import { EndpointError } from "./endpoint-error.ts";

/**
 * What an error of the AI SDK means. Its own errors hold the whole request, the conversation included, so nothing of
 * them is kept but their sentence.
 */
export function describeFault(error: unknown): EndpointError {
  const cause = error instanceof Error ? new Error(error.message) : undefined;
  if (NoObjectGeneratedError.isInstance(error) && error.finishReason === "length") {
    return new EndpointError("truncated", "the model's answer was cut off at its limit", { cause });
  }
  if (NoObjectGeneratedError.isInstance(error) || NoOutputGeneratedError.isInstance(error)) {
    return new EndpointError("unusable", "the model answered something else than what it was asked for", {
      cause,
    });
  }
  if (!APICallError.isInstance(error)) {
    return new EndpointError("unusable", "the model's endpoint answered something unexpected", { cause });
  }
  const { statusCode, responseHeaders } = error;
  if (statusCode !== undefined && statusCode < 300) {
    return new EndpointError("unusable", "the model's endpoint answered what is no completion", { cause });
  }
  if (!error.isRetryable) {
    return new EndpointError("refused", `the model's endpoint refuses the request (${statusCode})`, {
      cause,
    });
  }
  const status = statusCode === undefined ? "cannot be reached" : `answered ${statusCode}`;
  const retryAfterMs = parseRetryAfter(responseHeaders?.["retry-after"], Date.now());
  return new EndpointError("unavailable", `the model's endpoint ${status}`, { cause, retryAfterMs });
}
