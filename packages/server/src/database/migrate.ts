import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Database } from "./database.ts";

const migrationLock = 0x6d656d6d; // one more than the owner's lock: any number nobody else uses

const packageFile = createRequire(import.meta.url).resolve("@memlane/server/package.json");
const folder = join(dirname(packageFile), "migrations");

/**
 * Brings the schema up to date: applies the numbered files that this database has not seen, all in one
 * transaction. Two that start at once wait for each other. Refuses a database that a newer version has migrated.
 */
export async function migrate(database: Database): Promise<void> {
  const files = (await readdir(folder)).filter((file) => /^\d{4}-.*\.sql$/.test(file)).toSorted();
  await database.transaction(async (sql) => {
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
    const unknown = [...applied].filter((file) => !files.includes(file));
    if (unknown.length > 0) {
      throw new Error(
        `This database was migrated by a newer Memlane (${unknown.join(", ")}): upgrade this server.`,
      );
    }
    for (const file of files.filter((name) => !applied.has(name))) {
      await sql.query(await readFile(join(folder, file), "utf8"));
      await sql.query("insert into memlane.migration (file) values ($1)", [file]);
    }
  });
}
