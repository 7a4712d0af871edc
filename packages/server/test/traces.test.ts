// Traces of real processes, an API and a worker, at a real collector.
import { startTestServer, type TestServer } from "@memlane/server/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ingest, send } from "./http.ts";
import { startOtlpReceiver, type ReceivedSpan } from "./otlp-receiver.ts";
import { startReceiver } from "./receiver.ts";
import { createTestDatabase } from "./test-database.ts";

let receiver: Awaited<ReturnType<typeof startOtlpReceiver>>;
let databaseUrl: string;
const processes = (apiEnvironment: Record<string, string>, workerEnvironment: Record<string, string>) => {
  const start = (command: "api" | "worker", environment: Record<string, string>) =>
    startTestServer({
      command,
      apiKey: "key-that-all-share",
      dataDirectory: ".",
      environment: { ...environment, DATABASE_URL: databaseUrl, MEMLANE_WEBHOOK_ALLOW_PRIVATE: "true" },
    });
  return Promise.all([start("api", apiEnvironment), start("worker", workerEnvironment)]);
};
const conversation = {
  messages: [{ role: "user", content: "I live in Rome." }],
  user_id: "u",
  conv_id: "c",
};
beforeAll(async () => {
  [receiver, databaseUrl] = [await startOtlpReceiver(), await createTestDatabase()];
});
afterAll(() => receiver.close());

test("one trace, which may continue an outer one, contains a request and the work for it", async () => {
  const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
  const caller = { traceId, spanId: "00f067aa0ba902b7" };
  const hook = await startReceiver();
  const environment = (service: string) => ({
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
    OTEL_SERVICE_NAME: service,
  });
  const [api, worker] = await processes(environment("test-api"), environment("test-worker"));
  await send(api, "PUT /v1/webhooks", ingest(api), { url: `${hook.url}/` });
  const headers = { ...ingest(api), traceparent: `00-${caller.traceId}-${caller.spanId}-01` };
  const { body } = await send(api, "POST /v1/memories?wait=true", headers, conversation);
  expect(body.status).toBe("succeeded");
  await hook.nth(1);
  await Promise.all([api.stop(), worker.stop()]); // sends the remaining spans
  await hook.close();
  expect(hook.received).toHaveLength(1);

  const inTrace = receiver.spans.filter((span) => span.traceId === traceId);
  const only = (name: string) => {
    const named = inTrace.filter((span) => span.name === name);
    expect(named.map(({ name: its }) => its)).toEqual([name]);
    return named[0]!;
  };
  const isChild = (child: string, parent: { readonly spanId: string }, service: string) =>
    expect(only(child)).toMatchObject({ parentSpanId: parent.spanId, service });
  isChild("POST /v1/memories", caller, "test-api");
  isChild("enqueue ingest", only("POST /v1/memories"), "test-api");
  isChild("do ingest", only("enqueue ingest"), "test-worker");
  for (const stage of ["normalise", "extract", "match", "reconcile", "persist"]) {
    isChild(stage, only("do ingest"), "test-worker");
  }
  isChild("deliver webhook", only("enqueue ingest"), "test-worker");
  expect(hook.received[0]!.headers["traceparent"]).toBe(`00-${traceId}-${only("deliver webhook").spanId}-01`);

  // Spans of shared work belong to no request's trace, but link to all of them.
  const enqueued = [expect.objectContaining({ traceId, spanId: only("enqueue ingest").spanId })];
  const linked = (name: string): ReceivedSpan[] =>
    receiver.spans.filter(({ name: its, links }) => its === name && (links ?? []).length > 0);
  expect(linked("write jobs")).toMatchObject([{ links: enqueued, service: "test-api" }]);
  expect(linked("claim jobs")).toMatchObject([{ links: enqueued, service: "test-worker" }]);

  const linesOf = (server: TestServer, message: string) =>
    server.logs.flatMap((line) => (line.includes(`"${message}"`) ? [JSON.parse(line)] : []));
  expect(linesOf(api, "request")).toContainEqual(
    expect.objectContaining({ path: "/v1/memories", trace_id: traceId }),
  );
  expect(linesOf(worker, "job ended")).toMatchObject([{ trace_id: traceId }]);
}, 60_000);

test.each([
  ["under a key", {}, { "idempotency-key": "once" }],
  ["within the limits of its organisation", { MEMLANE_UNFINISHED_JOBS: "10" }, {}],
])(
  "a job that is stored %s is in the trace, too",
  async (_, limits, headers) => {
    const environment = {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
    };
    const [api, worker] = await processes({ ...environment, ...limits }, environment);
    receiver.spans.length = 0;
    await send(api, "POST /v1/memories?wait=true", { ...ingest(api), ...headers }, conversation);
    await Promise.all([api.stop(), worker.stop()]);
    const [enqueued] = receiver.spans.filter(({ name }) => name === "enqueue ingest");
    const [done] = receiver.spans.filter(({ name }) => name === "do ingest");
    expect(done).toMatchObject({ traceId: enqueued!.traceId, parentSpanId: enqueued!.spanId });
  },
  60_000,
);

test("an API with traces and a worker without still do the job, with the default protocol", async () => {
  receiver.contentTypes.length = 0;
  const [api, worker] = await processes({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url }, {});
  const { body } = await send(api, "POST /v1/memories?wait=true", ingest(api), conversation);
  await Promise.all([api.stop(), worker.stop()]);
  expect(body.status).toBe("succeeded");
  expect(new Set(receiver.contentTypes)).toEqual(new Set(["application/x-protobuf"]));
  expect(worker.logs.join()).not.toContain("trace_id");
}, 60_000);

test("a collector that is down delays neither work nor stopping", async () => {
  const [api, worker] = await processes({ OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:1" }, {});
  const { body } = await send(api, "POST /v1/memories?wait=true", ingest(api), conversation);
  expect(body.status).toBe("succeeded");
  expect(await Promise.all([api.stop(), worker.stop()])).toEqual([0, 0]);
}, 60_000);
