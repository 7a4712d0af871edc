import type * as z from "zod/mini";
import { MemlaneError, type MemlaneErrorOptions } from "../errors/memlane-error.ts";
import { parseJson } from "../json.ts";
import { findRoundedInteger } from "../rounded-integer.ts";
import type { AbortSignalLike } from "./abort.ts";
import { checkTimeout } from "./check-timeout.ts";
import { errorOfAnswer } from "./error-answer.ts";
import { resourcePath } from "./resource-path.ts";
import type { Runtime } from "./runtime.ts";
import type { TransportRequest, TransportResponse } from "./transport.ts";

/** Options of every call. */
export interface CallOptions {
  /** Aborts the call at once, with the code `aborted`. */
  readonly signal?: AbortSignalLike | undefined;
  /** How long the call may take, with its retries, in milliseconds. */
  readonly timeoutMs?: number | undefined;
}

/** Options of a call that creates something. */
export interface CreateOptions extends CallOptions {
  /**
   * Names the request. If the same key is sent again within 24 hours, nothing new is created, and the answer
   * is what the first request created. 1 to 255 printable ASCII characters. @default a new one for each call
   */
  readonly idempotencyKey?: string | undefined;
}

/** One call: the parts of its request that differ from call to call. */
interface Call extends CallOptions {
  readonly method: TransportRequest["method"];
  /** The path of a collection. */
  readonly path: string;
  /** A resource of the collection. */
  readonly id?: string;
  /** An action on that resource, such as `cancel`. */
  readonly action?: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly retry?: TransportRequest["retry"];
}

/** An answer and the id of its request. */
export interface Answer extends TransportResponse {
  /** The server's id of the request, or else ours. */
  readonly requestId: string;
}

/** Sends calls to one server in one dialect, with the same credentials. */
export type Caller = (call: Call) => Promise<Answer>;

/**
 * A caller that sends the headers `identity` with every call. It rejects with a MemlaneError unless the
 * answer is 2xx, or 304 to a call with `if-none-match`. Every request has an id, which its error carries.
 */
export function createCaller(
  runtime: Runtime,
  identity: Readonly<Record<string, string>>,
  newId: () => string,
): Caller {
  return async (call) => {
    const { method, path, action, query = {}, headers = {}, body, retry = "default" } = call;
    checkTimeout(call.timeoutMs);
    const text = body === undefined ? undefined : JSON.stringify(body);
    const ownRequestId = `req_${newId()}`;
    const sent = runtime.transport({
      method,
      path: "id" in call ? resourcePath(path, call.id, action) : path,
      query: Object.fromEntries(
        Object.entries(query).flatMap(([name, value]) =>
          value === undefined ? [] : [[name, String(value)]],
        ),
      ),
      headers: {
        accept: "application/json",
        "x-request-id": ownRequestId,
        ...(text && { "content-type": "application/json" }),
        ...identity,
        ...headers,
      },
      body: text,
      timeoutMs: call.timeoutMs,
      retry,
      signal: call.signal,
    });
    const response = await sent.catch((error: unknown) => {
      throw MemlaneError.is(error) ? withRequestId(error, ownRequestId) : error;
    });
    const { status } = response;
    if ((status >= 200 && status < 300) || (status === 304 && "if-none-match" in headers)) {
      return { ...response, requestId: response.header("x-request-id") ?? ownRequestId };
    }
    throw withRequestId(errorOfAnswer(response, runtime.now()), ownRequestId);
  };
}

/** The error with our request id, unless it has the server's. */
function withRequestId(error: MemlaneError, requestId: string): MemlaneError {
  if (error.requestId !== undefined) return error;
  const parts: MemlaneErrorOptions = error;
  // The message and the cause of an Error are not enumerable.
  return new MemlaneError({ ...parts, message: error.message, cause: error.cause, requestId });
}

/**
 * The parsed body of an answer. @throws MemlaneError `unreadable_response` if it does not match the schema, or has an integer that
 * JavaScript would round
 */
export function readBody<Schema extends z.ZodMiniType>(
  schema: Schema,
  { status, requestId, body }: Answer,
): z.output<Schema> {
  const unreadable = (message: string, cause?: unknown) =>
    new MemlaneError({ code: "unreadable_response", message, status, requestId, cause });
  const json = parseJson(body);
  if (json === undefined) throw unreadable("the answer is not JSON");
  const rounded = findRoundedInteger(body);
  if (rounded !== undefined) {
    throw unreadable(`the answer has the integer ${rounded.slice(0, 40)}, which JavaScript would round`);
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue?.path.join(".") ?? "";
  throw unreadable(`the answer has an unexpected shape at '${place}': ${issue?.message ?? ""}`, parsed.error);
}
