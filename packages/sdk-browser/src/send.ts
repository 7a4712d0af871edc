// Sends GET requests with a job token.
import { MemlaneError } from "@memlane/core";
import { errorOfAnswer } from "./error-of-answer.ts";
import { isJobToken, notAJobToken } from "./job-token.ts";

/** Sends a request, like the global `fetch`. */
export type Fetch = (request: Request) => Promise<Response>;

/** Sends a GET and resolves with an answer that is 2xx or 304. @throws MemlaneError for another status */
export type Send = (
  path: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
) => Promise<Response>;

/** The server and the credentials. */
export interface SendSettings {
  readonly baseUrl: string;
  readonly token: string;
  readonly refreshToken: (() => Promise<string>) | undefined;
  readonly fetch: Fetch;
}

/** Sends requests. A request whose token has expired is sent once more, with a new token that later requests use, too. */
export function createSend({ baseUrl, token, refreshToken, fetch }: SendSettings): Send {
  let current = token;

  const attempt: Send = async (path, headers, signal) => {
    // oxlint-disable-next-line regexp/no-super-linear-move -- the page sets the URL itself
    const request = new Request(baseUrl.replace(/(?:\/v1)?\/*$/, "") + path, {
      headers: { ...headers, authorization: `Bearer ${current}` },
      // The token alone identifies the page, so no cookies are sent.
      credentials: "omit",
      // A cached answer may be outdated.
      cache: "no-store",
      signal,
    });
    const response = await fetch(request).catch(throwNetworkError);
    if (response.ok || response.status === 304) return response;
    throw errorOfAnswer(response, await textOf(response));
  };

  return async (path, headers, signal) => {
    try {
      return await attempt(path, headers, signal);
    } catch (error) {
      const hasExpired = MemlaneError.is(error) && error.code === "token_expired";
      if (!hasExpired || refreshToken === undefined) throw error;
    }
    current = await freshToken(refreshToken);
    return attempt(path, headers, signal);
  };
}

/** Gets a token from the page's backend. A failure is a network error, so it can be retried. */
async function freshToken(refreshToken: () => Promise<string>): Promise<string> {
  let token: string;
  try {
    token = await refreshToken();
  } catch (cause) {
    const message = `refreshToken failed: ${String(cause)}`;
    throw new MemlaneError({ code: "network_error", message, cause });
  }
  if (isJobToken(token)) return token;
  throw new MemlaneError({ code: "unauthenticated", message: `refreshToken: ${notAJobToken}`, status: null });
}

/** The body of an answer. @throws MemlaneError `network_error` if the connection breaks */
export function textOf(response: Response): Promise<string> {
  return response.text().catch((cause: unknown) => {
    throw new MemlaneError({ code: "network_error", message: "the answer broke off", cause });
  });
}

/** Throws the error of a request without an answer. */
function throwNetworkError(cause: unknown): never {
  // A browser hides from the page which of these two was the cause.
  const message = "the server is out of reach, or does not allow this page's origin";
  throw new MemlaneError({ code: "network_error", message, cause });
}
