import { MemlaneError, type TransportRequest } from "@memlane/core";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { sendJson, startHttpServer, unusedAddress } from "../test/http-server.ts";
import { withLogger, type RequestAttempt } from "./hooks.ts";
import { createTransport, type TransportSettings } from "./transport.ts";
import { version } from "./version.ts";

const transportTo = (baseUrl: string, settings: Partial<TransportSettings> = {}) =>
  createTransport({
    baseUrl,
    fetch: (request) => fetch(request),
    timeoutMs: 5000,
    maximumRetries: 2,
    backoff: { initialMs: 1, factor: 1, maximumMs: 1, jitter: 0 },
    ...settings,
  });

const asking = (changes: Partial<TransportRequest> = {}): TransportRequest => ({
  method: "GET",
  path: "/v1/batch/job_1",
  query: {},
  headers: {},
  body: undefined,
  timeoutMs: undefined,
  retry: "default",
  signal: undefined,
  ...changes,
});
const posting = (changes: Partial<TransportRequest> = {}) =>
  asking({ method: "POST", path: "/v1/batch", body: '{"memories":[]}', ...changes });

/** The error that a promise rejects with. */
async function errorOf(promise: Promise<unknown>): Promise<MemlaneError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!MemlaneError.is(error)) throw new Error(`rejected with ${String(error)}`);
  return error;
}

describe("a request", () => {
  it("is answered although the program's server has replaced the global Response, as Hono's does", async () => {
    const { baseUrl } = await startHttpServer((response) => sendJson(response, 200, { id: "job_1" }));
    class ReadOnlyResponse extends Response {}
    Object.defineProperty(ReadOnlyResponse.prototype, "json", { value: () => Promise.resolve() });
    vi.stubGlobal("Response", ReadOnlyResponse);
    onTestFinished(() => void vi.unstubAllGlobals());
    expect(await transportTo(baseUrl)(asking())).toMatchObject({ status: 200, body: '{"id":"job_1"}' });
  });

  it("appends to the path of the base URL, with query, headers, body and user agent", async () => {
    const { baseUrl, seen } = await startHttpServer((response) => sendJson(response, 202, { id: "job_1" }));
    const transport = transportTo(`${baseUrl}/memory/`);
    const headers = { "content-type": "application/json", "x-api-key": "key" };
    await transport(posting({ query: { wait: "true", q: "a b&c" }, headers, body: '{"text":"é"}' }));
    expect(seen).toEqual([
      {
        method: "POST",
        path: "/memory/v1/batch?wait=true&q=a+b%26c",
        body: '{"text":"é"}',
        headers: expect.objectContaining({
          ...headers,
          "content-length": "13",
          "user-agent": `memlane-sdk-node/${version}`,
        }),
      },
    ]);
  });

  it("does not send the key to the target of a redirect", async () => {
    const { baseUrl, seen } = await startHttpServer((response) =>
      response.writeHead(302, { location: "http://127.0.0.1:1/elsewhere" }).end(),
    );
    expect((await transportTo(baseUrl)(posting())).status).toBe(302);
    expect(seen).toHaveLength(1);
  });

  it("uses the given fetch, such as an app's own", async () => {
    const transport = transportTo("http://memory.test", {
      fetch: (request) => new Response(`${request.method} ${request.url}`),
    });
    expect((await transport(asking())).body).toBe("GET http://memory.test/v1/batch/job_1");
  });
});

describe("a retry", () => {
  it("repeats a GET until it is answered", async () => {
    const { baseUrl, seen } = await startHttpServer((response, _, number) => {
      if (number === 0) response.destroy();
      else if (number === 1) sendJson(response, 500, {});
      else sendJson(response, 200, { ok: true });
    });
    expect((await transportTo(baseUrl)(asking())).body).toBe('{"ok":true}');
    expect(seen).toHaveLength(3);
  });

  it("repeats a GET whose body broke off", async () => {
    const { baseUrl, seen } = await startHttpServer((response, _, number) => {
      if (number > 0) return sendJson(response, 200, { ok: true });
      response.writeHead(200, { "content-length": "100" });
      response.write('{"ok":', () => response.destroy());
    });
    expect((await transportTo(baseUrl)(asking())).body).toBe('{"ok":true}');
    expect(seen).toHaveLength(2);
  });

  it("ends after the last attempt with its answer", async () => {
    const { baseUrl, seen } = await startHttpServer((response) => sendJson(response, 503, { code: "down" }));
    expect(await transportTo(baseUrl)(asking())).toMatchObject({ status: 503, body: '{"code":"down"}' });
    expect(seen).toHaveLength(3);
  });

  it("repeats a POST, including its body, that the server postponed", async () => {
    const { baseUrl, seen } = await startHttpServer((response, _, number) => {
      if (number === 0) sendJson(response, 503, {}, { "retry-after": "0" });
      else if (number === 1) sendJson(response, 429, {});
      else sendJson(response, 202, {});
    });
    expect((await transportTo(baseUrl)(posting())).status).toBe(202);
    expect(seen.map(({ body }) => body)).toEqual(Array(3).fill('{"memories":[]}'));
  });

  it("repeats a POST with an idempotency key if the answer was lost", async () => {
    const { baseUrl, seen } = await startHttpServer((response, _, number) => {
      if (number === 0) response.destroy();
      else if (number === 1) sendJson(response, 500, {});
      else sendJson(response, 202, { id: "job_1" });
    });
    const headers = { "idempotency-key": "once" };
    expect((await transportTo(baseUrl)(posting({ headers }))).status).toBe(202);
    expect(seen.map((request) => [request.headers["idempotency-key"], request.body])).toEqual(
      Array.from({ length: 3 }, () => ["once", '{"memories":[]}']),
    );
  });

  it("never repeats any other POST whose answer was lost", async () => {
    const { baseUrl, seen } = await startHttpServer((response) => response.destroy());
    expect((await errorOf(transportTo(baseUrl)(posting()))).code).toBe("network_error");
    expect(seen).toHaveLength(1);
  });

  it("does not wait for a Retry-After beyond the remaining time", async () => {
    const { baseUrl, seen } = await startHttpServer((response) =>
      sendJson(response, 429, { code: "rate_limit_exceeded" }, { "retry-after": "60" }),
    );
    const answer = await transportTo(baseUrl)(asking());
    expect(answer).toMatchObject({ status: 429, body: '{"code":"rate_limit_exceeded"}' });
    expect(seen).toHaveLength(1);
  });
});

describe("the time of a request", () => {
  it("ends a request without an answer", async () => {
    const { baseUrl } = await startHttpServer(() => {});
    const error = await errorOf(transportTo(baseUrl)(asking({ timeoutMs: 50 })));
    expect(error).toMatchObject({ code: "timeout", retryable: true, status: null });
    expect(error.message).toBe(`GET ${baseUrl}/v1/batch/job_1: no answer within 50 ms`);
  });

  it.each([200, 503])("covers the body of a %s", async (status) => {
    const { baseUrl } = await startHttpServer((response) => {
      response.writeHead(status, { "content-type": "application/json" }).write('{"half":');
    });
    expect((await errorOf(transportTo(baseUrl)(asking({ timeoutMs: 50 })))).code).toBe("timeout");
  });

  it("may be endless", async () => {
    const { baseUrl } = await startHttpServer((response) => sendJson(response, 200, {}));
    expect((await transportTo(baseUrl)(asking({ timeoutMs: Infinity }))).status).toBe(200);
  });

  it("covers all retries together", async () => {
    const { baseUrl, seen } = await startHttpServer((response, _, number) => {
      if (number === 0) sendJson(response, 503, {});
    });
    expect((await errorOf(transportTo(baseUrl)(asking({ timeoutMs: 1000 })))).code).toBe("timeout");
    expect(seen).toHaveLength(2);
  });
});

describe("aborting", () => {
  const reason = new Error("enough");

  it("prevents a request that has not been sent", async () => {
    const { baseUrl, seen } = await startHttpServer((response) => sendJson(response, 200, {}));
    const error = await errorOf(transportTo(baseUrl)(asking({ signal: AbortSignal.abort(reason) })));
    expect(error).toMatchObject({ code: "aborted", retryable: false, cause: reason });
    expect(seen).toHaveLength(0);
  });

  it.each([200, 404, 503])("ends a request in the body of a %s", async (status) => {
    const controller = new AbortController();
    const { baseUrl } = await startHttpServer((response) => {
      response.writeHead(status, { "content-type": "application/json" });
      response.write('{"half":', () => setImmediate(() => controller.abort(reason)));
    });
    const error = await errorOf(transportTo(baseUrl)(asking({ signal: controller.signal })));
    expect(error).toMatchObject({ code: "aborted", cause: reason });
  });

  it("ends the wait before a retry", async () => {
    const controller = new AbortController();
    const { baseUrl, seen } = await startHttpServer((response) => {
      sendJson(response, 503, {}, { "retry-after": "4" });
      response.once("close", () => controller.abort(reason));
    });
    const error = await errorOf(transportTo(baseUrl)(asking({ signal: controller.signal })));
    expect(error).toMatchObject({ code: "aborted", cause: reason });
    expect(seen).toHaveLength(1);
  });

  it("ends a request whose fetch ignores its signal", async () => {
    const controller = new AbortController();
    const transport = transportTo("http://memory.test", {
      fetch: () => {
        queueMicrotask(() => controller.abort(reason));
        return new Promise(() => {});
      },
    });
    expect((await errorOf(transport(asking({ signal: controller.signal })))).code).toBe("aborted");
  });

  it("leaves no listener on a signal that outlives the request", async () => {
    const { baseUrl } = await startHttpServer((response) => sendJson(response, 200, {}));
    const listeners = new Set<() => void>();
    const signal = {
      aborted: false,
      reason: undefined,
      addEventListener: (_: "abort", listener: () => void) => listeners.add(listener),
      removeEventListener: (_: "abort", listener: () => void) => listeners.delete(listener),
    };
    await transportTo(baseUrl)(asking({ signal }));
    expect(listeners).toEqual(new Set());
  });
});

describe("a request that cannot be sent", () => {
  it("says why", async () => {
    const address = await unusedAddress();
    const error = await errorOf(transportTo(`http://${address}`)(asking()));
    expect(error).toMatchObject({ code: "network_error", status: null, retryable: true });
    expect(error.message).toBe(
      `GET http://${address}/v1/batch/job_1: no answer, connect ECONNREFUSED ${address}`,
    );
  });

  it("reports that https was used for a server with http", async () => {
    const { baseUrl } = await startHttpServer((response) => sendJson(response, 200, {}));
    const transport = transportTo(baseUrl.replace("http:", "https:"), { maximumRetries: 0 });
    const error = await errorOf(transport(asking()));
    expect(error).toMatchObject({ code: "network_error", retryable: true });
    expect(error.message).toContain("no answer, the server at this address does not use TLS: try http://");
  });

  it("reports what the caller's own fetch threw", async () => {
    const failure = new Error("the proxy is gone");
    const transport = transportTo("http://memory.test", { fetch: () => Promise.reject(failure) });
    const error = await errorOf(transport(posting()));
    expect(error).toMatchObject({ code: "network_error", cause: failure });
    expect(error.message).toBe("POST http://memory.test/v1/batch: no answer, the proxy is gone");
  });
});

describe("an attempt with its own timeout", () => {
  it("is aborted and repeated, within the time of the call", async () => {
    const { baseUrl, seen } = await startHttpServer((response, _, number) => {
      if (number > 0) sendJson(response, 200, {});
    });
    const answer = await transportTo(baseUrl, { requestTimeoutMs: 200 })(asking());
    expect(answer.status).toBe(200);
    expect(seen).toHaveLength(2);
  });

  it("does not limit a request that its caller repeats", async () => {
    const { baseUrl } = await startHttpServer((response) =>
      setTimeout(() => sendJson(response, 200, {}), 300),
    );
    const answer = await transportTo(baseUrl, { requestTimeoutMs: 100 })(asking({ retry: "never" }));
    expect(answer.status).toBe(200);
  });
});

describe("hooks and a logger", () => {
  it("report an abort as an abort, and no retry", async () => {
    const { baseUrl } = await startHttpServer(() => {}); // never answers
    const calls: string[] = [];
    const hooks = {
      onRetry: () => calls.push("retry"),
      onError: (_: RequestAttempt, { code }: MemlaneError) => calls.push(code),
    };
    const signal = AbortSignal.timeout(100);
    expect((await errorOf(transportTo(baseUrl, { hooks })(asking({ signal })))).code).toBe("aborted");
    expect(calls).toEqual(["aborted"]);
  });

  it("report each attempt, its answer and the reason for the next, without secrets", async () => {
    const { baseUrl } = await startHttpServer((response, _, number) =>
      number === 0 ? response.destroy() : sendJson(response, number === 1 ? 503 : 200, {}),
    );
    const calls: unknown[] = [];
    const logged: unknown[] = [];
    const log = (message: string, fields: object) => logged.push(message, fields);
    const hooks = {
      onRequest: ({ attempt }: RequestAttempt) => calls.push(["request", attempt]),
      onResponse: ({ attempt }: RequestAttempt, { status }: { status: number }) =>
        calls.push([status, attempt]),
      onRetry: ({ attempt }: RequestAttempt, { status }: { status: number | null }) =>
        calls.push(["again after", status, attempt]),
    };
    const transport = transportTo(baseUrl, { hooks: withLogger(hooks, { debug: log, warn: log }) });
    await transport(asking({ headers: { "x-request-id": "req_1", "x-api-key": "secret" } }));
    expect(calls).toEqual([
      ["request", 1],
      ["again after", null, 1],
      ["request", 2],
      [503, 2],
      ["again after", 503, 2],
      ["request", 3],
      [200, 3],
    ]);
    expect(JSON.stringify(logged)).toContain("req_1");
    expect(JSON.stringify(logged)).not.toContain("secret");
  });

  it("report a call that ends without an answer", async () => {
    const failures: unknown[] = [];
    const hooks = { onError: (_: RequestAttempt, { code }: MemlaneError) => failures.push(code) };
    const transport = transportTo(`http://${await unusedAddress()}`, { hooks, maximumRetries: 0 });
    await expect(transport(asking())).rejects.toMatchObject({ code: "network_error" });
    expect(failures).toEqual(["network_error"]);
  });
});
