import type { Database, Sql } from "./database.ts";

const migrationMs = 3_600_000; // an index on a large table takes long, and so does waiting for another process that migrates
const migrationLock = 0x6d656d6d; // one more than the owner's lock: any number nobody else uses

/** One step of the schema. */
export interface Migration {
  /** Its name, which starts with its number. */
  readonly file: string;
  readonly sql: string;
}

/**
 * Brings the schema up to date: applies the migrations that this database has not seen, in their order and all in one
 * transaction. Two that start at once wait for each other. Refuses a database that a newer version has migrated.
 */
export async function migrate(database: Database, migrations: readonly Migration[]): Promise<void> {
  const apply = async (sql: Sql) => {
    await sql.query("select pg_advisory_xact_lock($1)", [migrationLock]);
    await sql.query("create schema if not exists memlane");
    await sql.query(
      `create table if not exists memlane.migration (
         file text primary key,
         applied_at timestamptz not null default now()
       )`,
    );
    const rows = await sql.query<{ file: string }>("select file from memlane.migration");
    const applied = new Set(rows.map((row) => row.file));
    const unknown = [...applied].filter((file) => migrations.every((migration) => migration.file !== file));
    if (unknown.length > 0) {
      throw new Error(
        `This database was migrated by a newer Memlane (${unknown.join(", ")}): upgrade this server.`,
      );
    }
    for (const { file, sql: step } of migrations.filter((migration) => !applied.has(migration.file))) {
      await sql.query(step);
      await sql.query("insert into memlane.migration (file) values ($1)", [file]);
    }
  };
  await database.transaction(apply, { statementMs: migrationMs });
}
