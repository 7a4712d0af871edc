import { request as requestHttp, type IncomingMessage } from "node:http";
import { request as requestHttps } from "node:https";
import type { LookupFunction } from "node:net";
import { ForbiddenUrlError } from "./describe-fault.ts";
import { objectionToUrl } from "./webhook-url.ts";

/** What a receiver answered. Its body is not read: nobody here has a use for it, and it may be endless. */
export interface Receipt {
  readonly status: number;
  /** The `Retry-After` header as it came. */
  readonly retryAfter: string | undefined;
}

/** What to send, and where. */
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
 * Posts, and resolves with the head of the answer. A redirect is an answer like any other: it is not followed, so it
 * leads nowhere that was not judged.
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
      agent: false, // a connection of its own, and no proxy that would resolve the name by itself
      signal,
      lookup,
    } as const;
    const settle = (response: IncomingMessage) => {
      resolve({ status: response.statusCode!, retryAfter: response.headers["retry-after"] });
      response.destroy();
    };
    request(target, options, settle)
      .on("upgrade", settle) // unheard, Node.js closes the connection and says nothing else
      .on("error", reject)
      .on("close", () => reject(new Error("the connection was closed without an answer")))
      .end(body);
  });
}
