// Sends GET requests with a job token.
import { MemlaneError } from "@memlane/core";
import { errorOfAnswer } from "./error-of-answer.ts";
import { isJobToken, notAJobToken } from "./job-token.ts";

/** Sends a request; the global `fetch` fits. */
export type Fetch = (request: Request) => Promise<Response>;

/** Sends a GET and resolves with an answer that is 2xx or 304. @throws MemlaneError for any other */
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

/**
 * Sends every request once. If the token has expired, sends the request again with a new token and keeps that token.
 */
export function createSend({ baseUrl, token, refreshToken, fetch }: SendSettings): Send {
  let current = token;

  const attempt: Send = async (path, headers, signal) => {
    // oxlint-disable-next-line regexp/no-super-linear-move -- the page's own setting
    const request = new Request(baseUrl.replace(/\/+$/, "") + path, {
      headers: { ...headers, authorization: `Bearer ${current}` },
      // Only the token identifies the page; a cookie of the server's origin must not.
      credentials: "omit",
      // A cached answer may be outdated.
      cache: "no-store",
      signal,
    });
    const response = await fetch(request).catch(failUnanswered);
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

/** The page's own backend is treated like our server: if it does not answer now, it may answer later. */
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
  return response.text().catch(failUnanswered);
}

/** The error of a request without a complete answer. */
function failUnanswered(cause: unknown): never {
  // A browser does not tell a page which of these two causes it was.
  const message = "the server is out of reach, or does not allow this page's origin";
  throw new MemlaneError({ code: "network_error", message, cause });
}
