import type { Database, Sql } from "./database.ts";
import { retryTransient } from "./retry-transient.ts";

const migrationMs = 3_600_000; // creating an index on a large table takes long, and so does waiting for another process that migrates
const migrationLock = 0x6d656d6d; // an advisory lock of our own
/**
 * How long a migration waits for the lock of a table, in milliseconds; then it is repeated. Meanwhile, requests for this table wait,
 * too. Shorter than PostgreSQL's `deadlock_timeout`, so that no job is rolled back for a migration.
 */
const tableLockMs = 500;
const insufficientPrivilege = "42501";

/** One step of the schema. */
export interface Migration {
  /** The file name, which starts with the number. */
  readonly file: string;
  readonly sql: string;
}

/**
 * Brings the schema up to date: applies the missing migrations in order, each in a transaction of its
 * own, while servers use the database. Two processes that start at once wait for each other. If
 * nothing is missing, it only reads, so a role without the right to change the schema can start a server.
 *
 * @throws Error if a newer version has migrated the database, or if the role may not change the schema
 */
export async function migrate(database: Database, migrations: readonly Migration[]): Promise<void> {
  try {
    if ((await isMigrated(database)) && findMissing(await listApplied(database), migrations).length === 0)
      return;
    while (await givingWay(database, (sql) => applyNext(sql, migrations)));
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause && cause.code === insufficientPrivilege)) throw cause;
    const message =
      "This role may not create or change the schema memlane. Run 'memlane-server migrate --grant NAME' as a role that may; " +
      "NAME is the name of this role.";
    throw new Error(message, { cause });
  }
}

/** Runs one migration, and repeats it while others lock its tables. @throws Error if they lock them for too long */
function givingWay<Result>(database: Database, work: (sql: Sql) => Promise<Result>): Promise<Result> {
  const untilMs = performance.now() + migrationMs;
  return retryTransient(
    () => database.transaction(work, { statementMs: migrationMs }),
    (error) => !isLockConflict(error) || performance.now() > untilMs,
  );
}

const lockConflicts = ["55P03", "40P01"]; // lock_not_available and deadlock_detected

const isLockConflict = (error: unknown) =>
  error instanceof Error && "code" in error && lockConflicts.includes(String(error.code));

/** Applies the first missing migration. Resolves with whether one was missing. */
async function applyNext(sql: Sql, migrations: readonly Migration[]): Promise<boolean> {
  await sql.query("select pg_advisory_xact_lock($1)", [migrationLock]);
  // `create schema if not exists` needs the right to create schemas, even if an administrator has created this one.
  const [schema] = await sql.query<{ exists: boolean }>(
    "select exists (select from pg_namespace where nspname = 'memlane') as exists",
  );
  if (!schema!.exists) await sql.query("create schema memlane");
  await sql.query(
    `create table if not exists memlane.migration (
       file text primary key,
       applied_at timestamptz not null default now()
     )`,
  );
  const [next] = findMissing(await listApplied(sql), migrations);
  if (next === undefined) return false;
  await sql.query(`set local lock_timeout = ${tableLockMs}`);
  await sql.query(next.sql);
  await sql.query("insert into memlane.migration (file) values ($1)", [next.file]);
  return true;
}

/** Whether a database has Memlane's schema. */
export async function isMigrated(sql: Sql): Promise<boolean> {
  const [table] = await sql.query<{ exists: boolean }>(
    `select exists (
       select from pg_class join pg_namespace as schema on schema.oid = relnamespace
       where nspname = 'memlane' and relname = 'migration'
     ) as exists`,
  );
  return table!.exists;
}

/** The files of the migrations that a database has, in order. */
export async function listApplied(sql: Sql): Promise<readonly string[]> {
  const rows = await sql.query<{ file: string }>(
    `select file from memlane.migration order by file collate "C"`,
  );
  return rows.map(({ file }) => file);
}

/** The migrations that are not applied yet. @throws Error if others are applied */
function findMissing(applied: readonly string[], migrations: readonly Migration[]): readonly Migration[] {
  const unknown = applied.filter((file) => migrations.every((migration) => migration.file !== file));
  if (unknown.length > 0) {
    throw new Error(
      `This database was migrated by a newer Memlane (${unknown.join(", ")}): upgrade this server.`,
    );
  }
  return migrations.filter(({ file }) => !applied.includes(file));
}
