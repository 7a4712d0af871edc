import type { Sql } from "../database/database.ts";

const fewRows = 1000;

/**
 * Analyses the tables of jobs and memories if PostgreSQL's statistics are from a time when they were almost empty. Plans
 * from these statistics read the whole table. Autovacuum would update them after a minute or two, which is too late at
 * thousands of jobs a second.
 */
export async function refreshStatistics(sql: Sql): Promise<void> {
  const stale = await sql.query<{ name: string }>(
    `select oid::regclass::text as name
     from pg_class
     where oid in ('memlane.job'::regclass, 'memlane.memory'::regclass) and reltuples < $1`,
    [fewRows],
  );
  for (const { name } of stale) await sql.query(`analyze (skip_locked) ${name}`);
}
