import { parseJson } from "../json.ts";
import { CheckFailure } from "./check-failure.ts";
import type { ConformanceRuntime } from "./runtime.ts";

/** A complete answer to a request of a check. */
export interface Answer {
  /** The request, such as `GET /v1/ping`. */
  readonly route: string;
  readonly status: number;
  readonly header: (name: string) => string | null;
  readonly text: string;
  /** The parsed body; undefined if it is not JSON. */
  readonly body: unknown;
}

/** Sends a request. A body other than a text is sent as JSON. A header that is undefined is not sent. */
export type Call = (
  route: string,
  body?: unknown,
  headers?: Readonly<Record<string, string | undefined>>,
) => Promise<Answer>;

/** How often a request is repeated if the server asks to wait. */
const maximumRepeats = 5;
const longestWaitMs = 60_000;

/**
 * Creates a call that sends `ownHeaders` with each request. After a 429, it waits as long as the server asks and sends the
 * request again.
 */
export function createCall(
  runtime: ConformanceRuntime,
  baseUrl: string,
  ownHeaders: Readonly<Record<string, string | undefined>>,
  { repeats = true } = {},
): Call {
  const base = baseUrl.endsWith("/") ? baseUrl.slice(0, -1) : baseUrl;
  return async (route, body, headers) => {
    const [method = "GET", path = "/"] = route.split(" ");
    const all = {
      ...(body !== undefined && { "content-type": "application/json" }),
      ...ownHeaders,
      ...headers,
    };
    const request = {
      method,
      headers: Object.fromEntries(
        Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined),
      ),
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    };
    for (let repeat = 0; ; repeat += 1) {
      const answer = await fetchAnswer(runtime, route, base + path, request);
      const waitMs = Number(answer.header("retry-after")) * 1000;
      const isRefused = answer.status === 429 && waitMs > 0 && waitMs <= longestWaitMs;
      if (!repeats || !isRefused || repeat === maximumRepeats) return answer;
      await runtime.sleep(waitMs);
    }
  };
}

async function fetchAnswer(
  { fetch }: ConformanceRuntime,
  route: string,
  url: string,
  request: Parameters<ConformanceRuntime["fetch"]>[1],
): Promise<Answer> {
  try {
    const response = await fetch(url, request);
    const content = await response.text();
    return {
      route,
      status: response.status,
      header: (name) => response.headers.get(name),
      text: content,
      body: parseJson(content),
    };
  } catch (error) {
    throw new CheckFailure(`${route}: no answer: ${error instanceof Error ? error.message : String(error)}`);
  }
}
