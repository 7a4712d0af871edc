import type { Database, Sql } from "./database.ts";

const migrationMs = 3_600_000; // creating an index on a large table takes long, and so does waiting for another process that migrates
const migrationLock = 0x6d656d6d; // an advisory lock of our own

/** One step of the schema. */
export interface Migration {
  /** The file name, which starts with the number. */
  readonly file: string;
  readonly sql: string;
}

/**
 * Brings the schema up to date: applies the missing migrations in order, in one transaction. Two
 * processes that start at once wait for each other. Throws if a newer version has migrated the
 * database.
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
