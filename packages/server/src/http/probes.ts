import { Hono } from "hono";
import type { Logger } from "pino";
import type { Database } from "../database/database.ts";
import { isReadOnly } from "../database/read-only.ts";
import { AwaitingStandbyError, checkCommits, checkDatabase } from "../store/check-database.ts";
import { readHealth, type Health } from "../store/health.ts";

/** Paths that are requested every few seconds. */
export const probePaths: readonly string[] = ["/healthz", "/readyz"];

/**
 * `GET /healthz` shows that the process runs, `GET /readyz` that it can store and do jobs. `GET /readyz?verbose` adds the state of
 * the whole service.
 */
export function createProbes(database: Pick<Database, "query" | "transaction">, log: Logger): Hono {
  const probes = new Hono();
  const check = shared(async () => {
    await checkDatabase(database);
    await checkCommits(database);
  });
  const readState = shared(() => readHealth(database).then(printHealth, () => ({})));
  const stateFor = async (url: string): Promise<object> =>
    new URL(url).searchParams.has("verbose") ? readState() : {};
  probes.get("/healthz", (c) => c.json({ status: "ok" }));
  probes.get("/readyz", async (c) => {
    try {
      await check();
      return c.json({ status: "ready", ...(await stateFor(c.req.url)) });
    } catch (error) {
      log.warn({ err: error }, "not ready");
      const body = { status: "unavailable", reason: reasonOf(error), ...(await stateFor(c.req.url)) };
      return c.json(body, 503, { "retry-after": "1" });
    }
  });
  return probes;
}

function reasonOf(error: unknown): string {
  if (isReadOnly(error)) return "the database only reads";
  return error instanceof AwaitingStandbyError ? error.message : "the database cannot be used";
}

/** Runs once for all calls that arrive meanwhile, because anyone may ask. */
function shared<Result>(run: () => Promise<Result>): () => Promise<Result> {
  let running: Promise<Result> | undefined;
  return () => (running ??= run().finally(() => (running = undefined)));
}

function printHealth({ databaseRole, workers, oldestWaitingSeconds, lastSuccessAt }: Health) {
  return {
    database_role: databaseRole,
    workers,
    oldest_waiting_seconds: oldestWaitingSeconds,
    last_success_at: lastSuccessAt?.toISOString() ?? null,
  };
}
