import type { Sql } from "../database/database.ts";
import { isRunning } from "./workers.ts";

/** `primary` accepts writes, `standby` follows a primary, `read_only` is a primary that refuses writes. */
export const databaseRoles = ["primary", "standby", "read_only"] as const;

/** The state of the whole service, of all its processes. */
export interface Health {
  readonly databaseRole: (typeof databaseRoles)[number];
  /** Workers that have reported within the last two and a half minutes. */
  readonly workers: number;
  /** How long the oldest due job has been waiting for a worker; null if none waits. */
  readonly oldestWaitingSeconds: number | null;
  /** When a job last succeeded, among the last 1000 ended jobs; null if none has. */
  readonly lastSuccessAt: Date | null;
}

/** Reads the state of the service. It works on a standby, too. */
export async function readHealth(sql: Sql): Promise<Health> {
  const [health] = await sql.query<Health>(
    `select
       case
         when pg_is_in_recovery() then 'standby'
         when current_setting('transaction_read_only')::boolean then 'read_only'
         else 'primary'
       end as "databaseRole",
       (select count(*)::integer from memlane.worker where ${isRunning}) as workers,
       (
         select extract(epoch from now() - min(greatest(due_at, created_at)))::float8
         from memlane.job
         where state in ('queued', 'active') and due_at <= now()
       ) as "oldestWaitingSeconds",
       (
         select max(updated_at)
         from (
           select state, updated_at from memlane.job where expires_at is not null order by expires_at desc limit 1000
         ) as ended
         where state = 'succeeded'
       ) as "lastSuccessAt"`,
  );
  return health!;
}
