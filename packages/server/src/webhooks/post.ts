import { request as requestHttp, type IncomingMessage } from "node:http";
import { request as requestHttps } from "node:https";
import type { LookupFunction } from "node:net";
import { ForbiddenUrlError } from "./describe-delivery-fault.ts";
import { objectionToUrl } from "./webhook-url.ts";

/** The answer of a receiver. Its body is not read: it is not needed, and it may be endless. */
export interface Receipt {
  readonly status: number;
  /** The `Retry-After` header. */
  readonly retryAfter: string | undefined;
}

/** What to send, and where to. */
export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Whether it may go to addresses that are not public. */
  readonly allowPrivate: boolean;
  /** Finds the address of a host that is a name. */
  readonly lookup: LookupFunction;
  readonly signal: AbortSignal;
}

/**
 * Sends a POST request, and resolves with the status of the answer. Redirects are not followed, because they could lead to an
 * address that was not checked.
 */
export function post({ url, headers, body, allowPrivate, lookup, signal }: Post): Promise<Receipt> {
  return new Promise((resolve, reject) => {
    // Checked again: the setting may be stricter now than when the address was stored.
    const objection = objectionToUrl(url, allowPrivate);
    if (objection !== undefined) throw new ForbiddenUrlError(`the URL ${objection}`);
    const target = new URL(url);
    const request = target.protocol === "https:" ? requestHttps : requestHttp;
    const options = {
      method: "POST",
      headers: { ...headers, "content-length": Buffer.byteLength(body) },
      agent: false, // a new connection, and no proxy, which would resolve the name itself
      signal,
      lookup,
    } as const;
    const settle = (response: IncomingMessage) => {
      resolve({ status: response.statusCode!, retryAfter: response.headers["retry-after"] });
      response.destroy();
    };
    request(target, options, settle)
      .on("upgrade", settle) // without this listener Node.js closes the connection and emits nothing else
      .on("error", reject)
      .on("close", () => reject(new Error("the connection was closed without an answer")))
      .end(body);
  });
}
