// The table of running workers. It is about processes, so its rows belong to no organisation.
import type { Sql } from "../database/database.ts";

/** What requests to the endpoint of a model have shown. The times are in ISO 8601. */
export interface ModelState {
  readonly last_ok_at: string | null;
  readonly last_failed_at: string | null;
  readonly last_error: string | null;
}

/** What a worker reports of itself. */
export interface WorkerState {
  readonly version: string;
  /** How many jobs it may run at the same time, and how many it runs. */
  readonly places: number;
  readonly running: number;
  /** Null if it uses no model. */
  readonly model: ModelState | null;
}

/** Reports that a worker runs, and deletes workers that have not reported for a day. */
export async function reportWorker(
  sql: Sql,
  id: string,
  { version, places, running, model }: WorkerState,
): Promise<void> {
  await sql.query(
    `with dead as (
       delete from memlane.worker where seen_at < now() - interval '1 day' and id <> $1
     )
     insert into memlane.worker (id, version, places, running, model) values ($1, $2, $3, $4, $5)
     on conflict (id) do update set seen_at = now(), running = excluded.running, model = excluded.model`,
    [id, version, places, running, model && JSON.stringify(model)],
  );
}

/** A worker that runs. Null fields are of an older version. */
export interface RunningWorker {
  readonly id: string;
  readonly seenAt: Date;
  readonly startedAt: Date;
  readonly version: string | null;
  readonly places: number | null;
  readonly running: number | null;
  readonly model: ModelState | null;
}

/** SQL: whether a worker still runs. Each one reports once a minute. */
export const isRunning = "seen_at > now() - interval '150 seconds'";

/** The workers that run, at most 1,000, oldest first. */
export async function listWorkers(sql: Sql): Promise<RunningWorker[]> {
  return sql.query<RunningWorker>(
    `select id, seen_at as "seenAt", started_at as "startedAt", version, places, running, model
     from memlane.worker
     where ${isRunning}
     order by started_at, id
     limit 1000`,
  );
}

/** Removes a worker that stops. */
export async function removeWorker(sql: Sql, id: string): Promise<void> {
  await sql.query("delete from memlane.worker where id = $1", [id]);
}
