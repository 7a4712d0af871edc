import { boundedFetch } from "./bounded-fetch.ts";
import { describeRefusal, isRefusal, statusWithin } from "./describe-refusal.ts";
import type { Endpoint } from "./endpoint.ts";
import { EndpointError } from "./endpoint-error.ts";

/** One request to an endpoint. */
export interface EndpointRequest {
  /** Such as `/embeddings`. */
  readonly path: string;
  readonly body: object;
  /** The organisation's texts in the body. No error repeats them. */
  readonly texts: readonly string[];
  readonly signal: AbortSignal;
}

/** Sends one request and resolves with the JSON of the answer. @throws EndpointError */
export async function postJson(
  { baseUrl, apiKey }: Endpoint,
  { path, body, texts, signal }: EndpointRequest,
): Promise<unknown> {
  const confidential = { apiKey, texts };
  let response: Response;
  let answer: string;
  try {
    response = await boundedFetch(`${baseUrl.endsWith("/") ? baseUrl.slice(0, -1) : baseUrl}${path}`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }),
      },
      body: JSON.stringify(body),
      signal,
    });
  } catch (error) {
    throw new EndpointError("unavailable", "the model's endpoint cannot be reached", {
      cause: causeOf(error),
    });
  }
  try {
    answer = await response.text();
  } catch (error) {
    throw new EndpointError("unusable", "the model's endpoint did not finish its answer", {
      cause: causeOf(error),
    });
  }
  const json = jsonOf(answer);
  if (!response.ok) {
    const retryAfter = response.headers.get("retry-after") ?? undefined;
    throw describeRefusal({ status: response.status, body: json, retryAfter }, confidential);
  }
  if (json === undefined)
    throw new EndpointError("unusable", "the answer of the model's endpoint is not JSON");
  if (isRefusal(json)) throw describeRefusal({ status: statusWithin(json), body: json }, confidential);
  return json;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The cause of a failed `fetch`, such as `ECONNREFUSED`. It contains no text of the request. */
function causeOf(error: unknown): unknown {
  return error instanceof Error && error.cause instanceof Error ? new Error(error.cause.message) : error;
}
