// The Prometheus metrics of a process.
import { uuidV7TimeMs } from "@memlane/core";
import { redactionKinds } from "@memlane/core/internal";
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Sql } from "../database/database.ts";
import type { ObserveDatabase } from "../database/postgres.ts";
import type { RedactionCounts } from "../http/redaction.ts";
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
    ended: ({ id, kind }, state) => durations.observe({ kind, state }, ageSeconds(id)),
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
      // Without the database, print all metrics except the depth.
      for (const { kind, state, jobs, overdueSeconds } of await readQueueDepth(sql).catch(() => [])) {
        depth.set({ kind, state }, jobs);
        overdue.set({ kind, state }, overdueSeconds);
      }
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}
