import type { Sql } from "../database/database.ts";

const fewRows = 1000;
const growingTables = [
  "job",
  "memory",
  "episode",
  "message",
  "memory_source",
  "lesson",
  "trigger_entity",
  "mining",
  "webhook_delivery",
].map((table) => `memlane.${table}`);

/**
 * Analyses the tables that grow with jobs if PostgreSQL's statistics are from a time when they were almost empty. Plans
 * from these statistics read the whole table. Autovacuum would update them after a minute or two, which is too late at
 * thousands of jobs a second.
 */
export async function refreshStatistics(sql: Sql): Promise<void> {
  const stale = await sql.query<{ name: string }>(
    `select oid::regclass::text as name
     from pg_class
     where oid = any ($1::regclass[]) and reltuples < $2`,
    [growingTables, fewRows],
  );
  for (const { name } of stale) await sql.query(`analyze (skip_locked) ${name}`);
}
