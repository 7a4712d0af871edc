// The Prometheus metrics of a process.
import { uuidV7TimeMs } from "@memlane/core";
import { redactionKinds } from "@memlane/core/internal";
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Sql } from "../database/database.ts";
import type { ObserveDatabase } from "../database/postgres.ts";
import type { RedactionCounts } from "../http/redaction.ts";
import { databaseRoles, readHealth } from "../store/health.ts";
import { readQueueDepth } from "../store/queue-depth.ts";
import type { ObserveJobs } from "../worker/leased-run.ts";

/** The metrics of one process. */
export interface Metrics extends ObserveJobs {
  readonly observeRequest: (method: string, status: number, ms: number) => void;
  readonly observeRedactions: (counts: RedactionCounts) => void;
  readonly database: ObserveDatabase;
  /** Prints them in the text format of Prometheus. Reads the depth of the queue for it. */
  readonly print: (sql: Sql) => Promise<string>;
  readonly contentType: string;
}

const requestSeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30];
const statementSeconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const jobSeconds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800];

export function createMetrics(now: () => number = Date.now): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: "memlane_http_request_seconds",
    help: "How long requests took, including long-polls.",
    labelNames: ["method", "status"],
    buckets: requestSeconds,
    registers,
  });
  const waits = new Histogram({
    name: "memlane_job_wait_seconds",
    help: "From the acceptance of a job to its first claim.",
    labelNames: ["kind"],
    buckets: jobSeconds,
    registers,
  });
  const durations = new Histogram({
    name: "memlane_job_seconds",
    help: "From the acceptance of a job to its end.",
    labelNames: ["kind", "state"],
    buckets: jobSeconds,
    registers,
  });
  const retries = new Counter({
    name: "memlane_job_retries_total",
    help: "Failed runs that will be repeated, whether the attempt counts or not.",
    labelNames: ["kind"],
    registers,
  });
  const redactions = new Counter({
    name: "memlane_redactions_total",
    help: "Secrets and personal data that were replaced in requests.",
    labelNames: ["kind"],
    registers,
  });
  for (const kind of redactionKinds) redactions.inc({ kind }, 0);
  const tokens = new Counter({
    name: "memlane_model_tokens_total",
    help: "Tokens of the model for extraction in jobs that succeeded, as its endpoint counts them.",
    labelNames: ["kind"],
    registers,
  });
  for (const kind of ["prompt", "completion"]) tokens.inc({ kind }, 0);
  const depth = new Gauge({
    name: "memlane_jobs",
    help: "Unfinished jobs of all processes.",
    labelNames: ["kind", "state"],
    registers,
  });
  const overdue = new Gauge({
    name: "memlane_job_overdue_seconds",
    help: "How long the oldest due job has been due.",
    labelNames: ["kind", "state"],
    registers,
  });
  const workers = new Gauge({
    name: "memlane_workers",
    help: "Workers of all processes that have reported within the last two and a half minutes.",
    registers,
  });
  const lastSuccess = new Gauge({
    name: "memlane_job_last_success_timestamp_seconds",
    help: "When a job of any process last succeeded.",
    registers,
  });
  const role = new Gauge({
    name: "memlane_database_role",
    help: "1 for the role of the database that this process uses; 0 for each role if it cannot be used.",
    labelNames: ["role"],
    registers,
  });
  const statements = new Histogram({
    name: "memlane_database_statement_seconds",
    help: "From sending a statement to its answer, the wait for a connection included; by name where it has one.",
    labelNames: ["statement"],
    buckets: statementSeconds,
    registers,
  });
  const connections = new Gauge({
    name: "memlane_database_connections",
    help: "Connections of this process that are busy or idle, and requests that wait for one.",
    labelNames: ["state"],
    registers,
  });
  let readConnections: Parameters<ObserveDatabase["connections"]>[0] | undefined;
  const ageSeconds = (id: Parameters<typeof uuidV7TimeMs>[0]) =>
    Math.max(0, now() - (uuidV7TimeMs(id) ?? now())) / 1000;

  return {
    observeRequest: (method, status, ms) => requests.observe({ method, status }, ms / 1000),
    observeRedactions: (counts) => {
      for (const [kind, count] of Object.entries(counts)) redactions.inc({ kind }, count);
    },
    claimed: ({ id, kind, isFirstClaim }) => {
      if (isFirstClaim) waits.observe({ kind }, ageSeconds(id));
    },
    ended: (job, state) => {
      durations.observe({ kind: job.kind, state }, ageSeconds(job.id));
      if (job.kind !== "ingest" || job.state !== "succeeded") return;
      const { promptTokens = 0, completionTokens = 0 } = job.result.extractor ?? {};
      tokens.inc({ kind: "prompt" }, promptTokens);
      tokens.inc({ kind: "completion" }, completionTokens);
    },
    retried: ({ kind }) => retries.inc({ kind }),
    database: {
      statement: (name, ms) => statements.observe({ statement: name ?? "other" }, ms / 1000),
      connections: (read) => (readConnections = read),
    },
    async print(sql) {
      const { open = 0, idle = 0, waiting = 0 } = readConnections?.() ?? {};
      connections.set({ state: "busy" }, open - idle);
      connections.set({ state: "idle" }, idle);
      connections.set({ state: "awaited" }, waiting);
      depth.reset();
      overdue.reset();
      // Without the database, print all metrics except those that come from it.
      for (const { kind, state, jobs, overdueSeconds } of await readQueueDepth(sql).catch(() => [])) {
        depth.set({ kind, state }, jobs);
        overdue.set({ kind, state }, overdueSeconds);
      }
      await setHealth(sql);
      return registry.metrics();
    },
    contentType: registry.contentType,
  };

  async function setHealth(sql: Sql): Promise<void> {
    const health = await readHealth(sql).catch(() => undefined);
    for (const each of databaseRoles) role.set({ role: each }, each === health?.databaseRole ? 1 : 0);
    workers.remove();
    lastSuccess.remove();
    if (health === undefined) return;
    workers.set(health.workers);
    if (health.lastSuccessAt !== null) lastSuccess.set(health.lastSuccessAt.getTime() / 1000);
  }
}
