import type { TransportRequest } from "../client/transport.ts";
import type { ErrorCode } from "../errors/error-table.ts";
import { contractStatuses } from "./transport-routes.ts";
import {
  abortControllerOf,
  echoOf,
  expectEqual,
  expectFailure,
  requestNumber,
  send,
  type TransportSubject,
} from "./transport-subject.ts";

/** One clause of the contract; `check` rejects if the subject breaks it. */
export interface TransportClause {
  readonly title: string;
  readonly check: (subject: TransportSubject) => Promise<void>;
}

/**
 * What every transport must do, over real HTTP and with any test framework:
 *
 * ```ts
 * test.each(transportContract)("$title", ({ check }) => check(subject));
 * ```
 */
export const transportContract: readonly TransportClause[] = [
  ...contractStatuses.map((status) => ({
    title: `the status ${status} is an answer like any other`,
    check: async (subject: TransportSubject) => {
      const answer = await send(subject, { path: `/status/${status}` });
      expectEqual("the status", answer.status, status);
      expectEqual("the body", answer.body, status === 204 ? "" : `status ${status}`);
    },
  })),
  {
    title: "a failure that outlives the transport's own retries is an answer too",
    check: async (subject) => {
      const answer = await send(subject, { path: "/status/503", retry: "default" });
      expectEqual("the status", answer.status, 503);
    },
  },
  {
    title: "with `never`, a failure is sent once and no more",
    check: async (subject) => {
      const before = await send(subject, { path: "/status/503" });
      const after = await send(subject, { path: "/status/503" });
      expectEqual("the number of requests", requestNumber(after) - requestNumber(before), 1);
    },
  },
  {
    title: "a header is found by its name in any case, and is null when it is absent",
    check: async (subject) => {
      const { header } = await send(subject, { path: "/status/200" });
      for (const name of ["x-mixed-case", "X-Mixed-Case", "X-MIXED-CASE"]) {
        expectEqual(name, header(name), "Kept");
      }
      expectEqual("an absent header", header("x-absent"), null);
    },
  },
  ...(["GET", "POST", "PATCH", "PUT", "DELETE"] as const).map((method) => ({
    title: `${method} arrives as it was asked for`,
    check: async (subject: TransportSubject) => {
      const request = {
        method,
        path: "/v1/a%2Fb/%C3%A9",
        query: { q: "a b&c=d+é/🎈?#", empty: "" },
        headers: { "x-org-id": "org", "content-type": "application/json" },
        body: method === "GET" || method === "DELETE" ? undefined : JSON.stringify({ text: "é🎈\n" }),
      };
      const echo = echoOf(await send(subject, request));
      expectEqual("the method", echo.method, method);
      expectEqual("the path", echo.path, request.path);
      expectEqual("the query", echo.query, request.query);
      expectEqual("the header", echo.headers["x-org-id"], "org");
      expectEqual("the content type", echo.headers["content-type"], "application/json");
      expectEqual("the body", echo.body, request.body ?? "");
    },
  })),
  {
    title: "the path of the base URL is kept, with and without a slash at its end",
    check: async (subject) => {
      for (const base of ["/base", "/base/"]) {
        const echo = echoOf(await send(subject, { path: "/v1/ping" }, subject.serverUrl + base));
        expectEqual("the path", echo.path, "/base/v1/ping");
      }
    },
  },
  {
    title: "the whole body is read, however it is torn",
    check: async (subject) => {
      expectEqual("the body", (await send(subject, { path: "/torn" })).body, "5 €");
      expectEqual("its length", (await send(subject, { path: "/large" })).body.length, 16 * 65_536);
    },
  },
  ...(["/silent", "/stalled"] as const).map((path) => ({
    title: `the time covers ${path === "/silent" ? "the wait for the head" : "the body"}`,
    check: async (subject: TransportSubject) => {
      const startMs = Date.now();
      await expectFailure(send(subject, { path, timeoutMs: 150 }), "timeout");
      const tookMs = Date.now() - startMs;
      if (tookMs < 100 || tookMs > 2000) throw new Error(`150 ms took ${tookMs} ms`);
    },
  })),
  {
    title: "an answer within the time is no timeout",
    check: async (subject) => {
      expectEqual("the status", (await send(subject, { path: "/torn", timeoutMs: 10_000 })).status, 200);
    },
  },
  ...(["/silent", "/stalled"] as const).map((path) => ({
    title: `an abort ends ${path === "/silent" ? "the wait for the head" : "the reading of the body"}`,
    check: (subject: TransportSubject) => abortInTheMiddle(subject, { path }, ["aborted"]),
  })),
  {
    title: "an abort ends the transport's own retries, if it has not given up before",
    check: (subject) =>
      abortInTheMiddle(subject, { path: "/dropped", retry: "default" }, ["aborted", "network_error"]),
  },
  {
    title: "nothing is sent when the signal has aborted before",
    check: async (subject) => {
      const { signal, abort } = abortControllerOf(subject);
      abort();
      const before = await send(subject, { path: "/status/200" });
      await expectFailure(send(subject, { path: "/status/200", signal }), "aborted");
      const after = await send(subject, { path: "/status/200" });
      expectEqual("the number of requests", requestNumber(after) - requestNumber(before), 1);
    },
  },
  {
    title: "an address at which nothing listens is a network error",
    check: (subject) =>
      expectFailure(send(subject, { path: "/v1/ping" }, subject.closedUrl), "network_error"),
  },
  ...(["/dropped", "/cut"] as const).map((path) => ({
    title: `a connection lost ${path === "/dropped" ? "before the head" : "within the body"} is a network error`,
    check: (subject: TransportSubject) => expectFailure(send(subject, { path }), "network_error"),
  })),
];

async function abortInTheMiddle(
  subject: TransportSubject,
  request: Partial<TransportRequest> & Pick<TransportRequest, "path">,
  codes: readonly ErrorCode[],
): Promise<void> {
  const { signal, abort } = abortControllerOf(subject);
  const startMs = Date.now();
  await Promise.all([
    expectFailure(send(subject, { ...request, signal, timeoutMs: 3000 }), ...codes),
    subject.sleep(100).then(abort),
  ]);
  if (Date.now() - startMs > 2000) throw new Error("the abort took more than two seconds");
}
