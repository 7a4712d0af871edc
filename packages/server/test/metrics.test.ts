import { readFile } from "node:fs/promises";
import type { TestServer } from "@memlane/server/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { batch, ingest, send } from "./http.ts";
import { startServerOnTestDatabase } from "./test-database.ts";

let server: TestServer;
let metrics: { readonly url: string };
beforeAll(async () => {
  server = await startServerOnTestDatabase({ environment: { MEMLANE_METRICS_PORT: "0" } });
  const listening = server.logs.find((line) => line.includes('"listening"'))!;
  metrics = { url: String(JSON.parse(listening).metrics) };
});
afterAll(() => server?.stop());

const scrape = async () => String((await send(metrics, "GET /metrics")).body);

test("Prometheus gets the metrics of jobs and requests, without a key and on a separate port", async () => {
  const conversation = {
    messages: [{ role: "user", content: "I live in Rome." }],
    user_id: "u",
    conv_id: "c",
  };
  await send(server, "POST /v1/memories?wait=true", ingest(server), conversation);
  const memories = Array.from({ length: 500 }, () => ({ content: "x ".repeat(5000) }));
  const { body } = await send(server, "POST /v1/batch", batch(server), { memories });
  expect(await scrape()).toMatch(/^memlane_jobs\{kind="batch",state="(?:queued|active)"\} 1$/m);
  await send(server, `GET /v1/batch/${body.id}?wait=true`, batch(server));

  const text = await scrape();
  for (const line of [
    'memlane_job_wait_seconds_count{kind="ingest"} 1',
    'memlane_job_wait_seconds_count{kind="batch"} 1',
    'memlane_job_seconds_count{kind="ingest",state="succeeded"} 1',
    'memlane_job_seconds_count{kind="batch",state="succeeded"} 1',
    'memlane_http_request_seconds_count{method="POST",status="200"} 1',
    'memlane_http_request_seconds_count{method="POST",status="202"} 1',
  ]) {
    expect(text.split("\n")).toContain(line);
  }
  expect(text).not.toContain('memlane_jobs{kind="batch"');
  expect(text).toContain("nodejs_eventloop_lag_seconds");
  expect(text).toMatch(/^memlane_database_statement_seconds_count\{statement="insert jobs"\} 2$/m);
  expect(text).toMatch(/^memlane_database_statement_seconds_count\{statement="other"\} [1-9]/m);
  expect(text).toMatch(/^memlane_database_connections\{state="idle"\} [1-9]/m);
  expect(text).toMatch(/^memlane_database_connections\{state="awaited"\} 0$/m);
});

test("the README names every metric of Memlane, and its labels", async () => {
  const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
  const [, section = ""] = readme.split("\n## Metrics\n");
  const [table = ""] = section.split("\n## ");
  const documented = [...table.matchAll(/^\| `(memlane_\w+)` .*\| (.*?) +\|$/gm)].map(
    ([, name, labels = ""]) => `${name} ${labels.replaceAll("`", "")}`,
  );
  const samples = [...(await scrape()).matchAll(/^(memlane_\w+)(?:\{(.*)\})? /gm)].map(
    ([, name = "", labels = ""]) => {
      const names = [...labels.matchAll(/(\w+)=/g)]
        .map(([, label]) => label)
        .filter((label) => label !== "le");
      return `${name.replace(/_(?:bucket|sum|count)$/, "")} ${names.join(", ")}`;
    },
  );
  // These have samples only in some situations.
  const fleeting = [
    "memlane_jobs kind, state",
    "memlane_job_overdue_seconds kind, state",
    "memlane_job_retries_total kind",
  ];
  expect(documented.toSorted()).toEqual([...new Set([...samples, ...fleeting])].toSorted());
});

test("every metric of the alert rules and of the dashboard exists", async () => {
  const text = await scrape();
  const kinds = new Map([...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name, kind]) => [name, kind]));
  const words = (each: string) =>
    [...each.matchAll(/\b(?:memlane|nodejs|process)_\w+/g)].map(([word]) => word);
  const nameOf = (word: string) => word.replace(/_(?:bucket|sum|count)$/, "");
  for (const file of ["alerts.yaml", "dashboard.json"]) {
    const content = await readFile(new URL(`../monitoring/${file}`, import.meta.url), "utf8");
    const used = words(content);
    expect(used.length).toBeGreaterThan(8);
    for (const word of used) {
      const kind = kinds.get(word) ?? (kinds.get(nameOf(word)) === "histogram" ? "histogram" : undefined);
      expect([file, word, kind]).toEqual([
        file,
        word,
        expect.stringMatching(/^(?:gauge|counter|histogram)$/),
      ]);
    }
  }
  const dashboard = JSON.parse(
    await readFile(new URL("../monitoring/dashboard.json", import.meta.url), "utf8"),
  );
  expect(new Set(dashboard.panels.map(({ id }: { id: number }) => id)).size).toBe(dashboard.panels.length);
});

test("/readyz?verbose and the metrics show the workers, the last success, the queue and the database", async () => {
  await expect
    .poll(async () => (await send(server, "GET /readyz?verbose")).body)
    .toEqual({
      status: "ready",
      database_role: "primary",
      workers: 1,
      oldest_waiting_seconds: null,
      last_success_at: expect.stringMatching(/^20/),
    });
  expect((await send(server, "GET /readyz")).body).toEqual({ status: "ready" });
  const text = await scrape();
  expect(text).toMatch(/^memlane_workers 1$/m);
  expect(text).toMatch(/^memlane_job_last_success_timestamp_seconds 1\d{9}/m);
  expect(text).toMatch(/^memlane_database_role\{role="primary"\} 1$/m);
  expect(text).toMatch(/^memlane_database_role\{role="standby"\} 0$/m);
});

test("the metrics port serves only /metrics, and the main port has no metrics", async () => {
  expect((await send(metrics, "GET /v1/memories")).status).toBe(404);
  expect((await send(server, "GET /metrics")).status).not.toBe(200);
});
