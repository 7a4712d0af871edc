import { MemlaneError, type Transport, type TransportRequest } from "@memlane/core";
import ky from "ky";

/** Sends one request; the global `fetch` fits. */
export type Fetch = (request: Request) => Promise<Response>;

/** What a transport needs to know. */
export interface TransportSettings {
  readonly baseUrl: string;
  readonly fetch: Fetch;
}

/** The transport of a page: ky over `fetch`. It sends everything once, since a watch asks again by itself. */
export function createTransport(settings: TransportSettings): Transport {
  const send = ky.create({
    prefix: settings.baseUrl,
    // The token speaks for the page; a cookie of the server's origin has no say.
    credentials: "omit",
    // Yesterday's state of a job is no answer.
    cache: "no-store",
    retry: 0,
    throwHttpErrors: false,
    // The time is kept below, where it covers the body too.
    timeout: false,
    // ky always hands over a Request.
    fetch: (request) => settings.fetch(request as Request),
  });

  return async (request) => {
    const { method, path, query, headers, body, timeoutMs, signal } = request;
    const controller = new AbortController();
    const abort = () => controller.abort(aborted(request));
    const timer =
      timeoutMs === undefined
        ? undefined
        : setTimeout(() => controller.abort(timedOut(request, timeoutMs)), timeoutMs);
    signal?.addEventListener("abort", abort, { once: true });
    if (signal?.aborted) abort();
    try {
      const response = await send(path, {
        method,
        headers,
        searchParams: query,
        ...(body !== undefined && { body }),
        signal: controller.signal,
      });
      const text = await response.text();
      return { status: response.status, header: (name) => response.headers.get(name), body: text };
    } catch (error) {
      throw controller.signal.aborted ? controller.signal.reason : unanswered(request, error);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    }
  };
}

function aborted({ signal }: TransportRequest): MemlaneError {
  return new MemlaneError({ code: "aborted", message: "the request was aborted", cause: signal?.reason });
}

function timedOut({ method, path }: TransportRequest, timeoutMs: number): MemlaneError {
  return new MemlaneError({
    code: "timeout",
    message: `${method} ${path}: no answer within ${timeoutMs} ms`,
  });
}

function unanswered({ method, path }: TransportRequest, cause: unknown): MemlaneError {
  // A browser never tells a page which of the two it was.
  const message = `${method} ${path}: the server is out of reach, or does not allow this page's origin`;
  return new MemlaneError({ code: "network_error", message, cause });
}
