import type { Transport, TransportRequest } from "../client/transport.ts";
import { MemlaneError } from "../errors/memlane-error.ts";
import type { ScriptedClock } from "./scripted-clock.ts";

/** The outcome of one request: an answer, or none. */
export type ScriptedReply = {
  /** How long it takes, in milliseconds; `Infinity` is a server that hangs. @default 0 */
  readonly takesMs?: number;
} & (
  | {
      /** @default 200 */
      readonly status?: number;
      /** By lower-case name. */
      readonly headers?: Readonly<Record<string, string>>;
      /** The body, printed as JSON. */
      readonly json?: unknown;
      /** The body as text, if it is not JSON. */
      readonly text?: string;
    }
  | { readonly failure: "network_error" }
);

/** The replies in order, or the reply to each request by its number, counted from 0. */
export type TransportScript =
  | readonly ScriptedReply[]
  | ((request: TransportRequest, number: number) => ScriptedReply);

/** A transport that plays a script and records the requests. */
export interface ScriptedTransport {
  readonly transport: Transport;
  /** The sent requests, in order. A request that was aborted before it was sent is not included. */
  readonly requests: readonly TransportRequest[];
}

/**
 * A transport that answers from a script and uses a scripted clock. Like a real one, it rejects
 * with `timeout` exactly at a request's `timeoutMs`, and with `aborted` if its signal aborts. A
 * request beyond the end of the script is an error of the test.
 */
export function createScriptedTransport(clock: ScriptedClock, script: TransportScript): ScriptedTransport {
  const requests: TransportRequest[] = [];
  const replyTo = (request: TransportRequest, number: number): ScriptedReply => {
    const reply = typeof script === "function" ? script(request, number) : script[number];
    if (reply === undefined) throw new Error(`the script has no reply to request ${number}`);
    return reply;
  };

  const transport: Transport = async (request) => {
    const { signal, timeoutMs = Infinity } = request;
    if (signal?.aborted) throw aborted(signal.reason);
    const number = requests.push(request) - 1;
    const reply = replyTo(request, number);
    const { takesMs = 0 } = reply;
    clock.advance(Math.min(takesMs, timeoutMs), signal);
    if (signal?.aborted) throw aborted(signal.reason);
    if (takesMs > timeoutMs) {
      throw new MemlaneError({ code: "timeout", message: `no answer within ${timeoutMs} ms` });
    }
    if ("failure" in reply) {
      throw new MemlaneError({ code: reply.failure, message: "the connection was lost" });
    }
    const { status = 200, headers = {}, json, text = json === undefined ? "" : JSON.stringify(json) } = reply;
    return { status, header: (name) => headers[name.toLowerCase()] ?? null, body: text };
  };
  return { transport, requests };
}

function aborted(cause: unknown): MemlaneError {
  return new MemlaneError({ code: "aborted", message: "the request was aborted", cause });
}
