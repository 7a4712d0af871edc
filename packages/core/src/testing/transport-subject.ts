import type { AbortSignalLike } from "../client/abort.ts";
import type { Transport, TransportRequest, TransportResponse } from "../client/transport.ts";
import type { ErrorCode } from "../errors/error-table.ts";
import { MemlaneError } from "../errors/memlane-error.ts";
import { parseJson } from "../json.ts";

/** The transport to check, and what the checks need from the runtime. */
export interface TransportSubject {
  /** A transport to the server at a base URL, which may end in a path and a slash. */
  readonly connect: (baseUrl: string) => Transport;
  /** Where a server of `transportRoutes` listens, without a slash at the end. */
  readonly serverUrl: string;
  /** An address at which nothing listens. */
  readonly closedUrl: string;
  readonly createAbortController: () => {
    readonly signal: AbortSignalLike;
    readonly abort: (reason?: unknown) => void;
  };
  readonly sleep: (delayMs: number) => Promise<void>;
}

/** Sends a GET without headers and body. The fields of `request` replace these defaults. */
export function send(
  subject: TransportSubject,
  request: Partial<TransportRequest> & Pick<TransportRequest, "path">,
  baseUrl = subject.serverUrl,
): Promise<TransportResponse> {
  return subject.connect(baseUrl)({
    method: "GET",
    query: {},
    headers: {},
    body: undefined,
    timeoutMs: undefined,
    retry: "never",
    signal: undefined,
    ...request,
  });
}

/** A controller whose `abort` works as a separate function. */
export function abortControllerOf(subject: TransportSubject) {
  const controller = subject.createAbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}

interface Echo {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What the server reports about the request; it is the test's own server, so the report is not validated. */
export function echoOf(response: TransportResponse): Echo {
  return parseJson(response.body) as Echo;
}

/** How many requests the server had for this method and path when it answered. */
export function requestNumber(response: TransportResponse): number {
  return Number(response.header("x-request-number"));
}

/** Throws unless both print as the same JSON. */
export function expectEqual(what: string, actual: unknown, expected: unknown): void {
  const [is, shouldBe] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (is !== shouldBe) throw new Error(`${what} is ${is}, not ${shouldBe}`);
}

/** Rejects unless the request rejects with a MemlaneError of one of the codes. */
export async function expectFailure(
  sent: Promise<TransportResponse>,
  ...codes: readonly ErrorCode[]
): Promise<void> {
  const outcome = await sent.then(
    ({ status }) => `the answer ${status}`,
    (error: unknown) => (MemlaneError.is(error) ? error.code : `not a MemlaneError but ${String(error)}`),
  );
  if (!codes.some((code) => code === outcome)) {
    throw new Error(`the outcome is ${outcome}, not ${codes.join(" or ")}`);
  }
}
