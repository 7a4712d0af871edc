import { APICallError, NoObjectGeneratedError, NoOutputGeneratedError } from "ai";
import { parseRetryAfter } from "@memlane/core/internal";
import { EndpointError } from "./endpoint-error.ts";

/** With these statuses the message is about the key, the model or the rate, not about the text. */
const statusesOfSettings: readonly (number | undefined)[] = [undefined, 401, 403, 404, 429];

/**
 * Translates an error of the AI SDK. The error contains the whole request, and its message may quote the conversation. So
 * only its name is kept, or a message that cannot quote.
 */
export function translateSdkError(error: unknown): EndpointError {
  const isAboutSettings = APICallError.isInstance(error) && statusesOfSettings.includes(error.statusCode);
  const cause = error instanceof Error ? new Error(isAboutSettings ? error.message : error.name) : undefined;
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
