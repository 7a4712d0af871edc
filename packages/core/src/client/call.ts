import type * as z from "zod/mini";
import { MemlaneError } from "../errors/memlane-error.ts";
import { parseJson } from "../json.ts";
import type { AbortSignalLike } from "./abort.ts";
import { errorOfAnswer } from "./error-answer.ts";
import type { Runtime } from "./runtime.ts";
import type { TransportRequest, TransportResponse } from "./transport.ts";

/** What every call takes. */
export interface CallOptions {
  /** Ends the call, whatever it is doing, with the code `aborted`. */
  readonly signal?: AbortSignalLike | undefined;
  /** How long the call may take with its retries, in milliseconds. */
  readonly timeoutMs?: number | undefined;
}

/** What a call takes that makes something. */
export interface CreateOptions extends CallOptions {
  /**
   * Names the request: sent again with the same key within 24 hours, it makes nothing new and answers with what it
   * made. 1 to 255 printable ASCII characters. @default a new one for each call
   */
  readonly idempotencyKey?: string | undefined;
}

/** One call: a request without what is the same for all. */
interface Call extends CallOptions {
  readonly method: TransportRequest["method"];
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly retry?: TransportRequest["retry"];
}

/** Sends calls to one server in one dialect, as one caller. */
export type Caller = (call: Call) => Promise<TransportResponse>;

/**
 * A caller that sends `identity` with every call and rejects with a MemlaneError unless the answer is 2xx, or 304 where
 * the call named what it has seen.
 */
export function createCaller(runtime: Runtime, identity: Readonly<Record<string, string>>): Caller {
  return async ({ method, path, query = {}, headers = {}, body, retry = "default", signal, timeoutMs }) => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const response = await runtime.transport({
      method,
      path,
      query: Object.fromEntries(
        Object.entries(query).flatMap(([name, value]) =>
          value === undefined ? [] : [[name, String(value)]],
        ),
      ),
      headers: {
        accept: "application/json",
        ...(text && { "content-type": "application/json" }),
        ...identity,
        ...headers,
      },
      body: text,
      timeoutMs,
      retry,
      signal,
    });
    if (response.status >= 200 && response.status < 300) return response;
    if (response.status === 304 && "if-none-match" in headers) return response;
    throw errorOfAnswer(response, runtime.now());
  };
}

/** The body of an answer; rejects with `unreadable_response` when it is not what the wire promises. */
export function readBody<Schema extends z.ZodMiniType>(
  schema: Schema,
  response: TransportResponse,
): z.output<Schema> {
  const json = parseJson(response.body);
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new MemlaneError({
    code: "unreadable_response",
    message:
      json === undefined
        ? "the answer is not JSON"
        : `the answer has an unexpected shape at '${issue?.path.join(".") ?? ""}': ${issue?.message ?? ""}`,
    status: response.status,
    requestId: response.header("x-request-id") ?? undefined,
    cause: parsed.error,
  });
}
