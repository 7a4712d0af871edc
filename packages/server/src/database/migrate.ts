import type { Database, Sql } from "./database.ts";
import { retryTransient } from "./retry-transient.ts";
import { createWaitReport, type OnWait } from "./wait-report.ts";

const migrationMs = 3_600_000; // creating an index on a large table takes long, and so does waiting for another process that migrates
/** An advisory lock of our own. A process has it while it migrates. */
export const migrationLock = 0x6d656d6d;
/**
 * How long a migration waits for a lock, in milliseconds; then it is repeated. While it waits for a table, requests for this table
 * wait, too. Shorter than PostgreSQL's `deadlock_timeout`, so that no job is rolled back for a migration.
 */
const lockMs = 500;
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
 * nothing is missing, it only reads, so a role without the right to change the schema can start a server. `onWait` is called if it
 * waits for more than a second.
 *
 * @throws Error if a newer version has migrated the database, or if the role may not change the schema
 */
export async function migrate(
  database: Database,
  migrations: readonly Migration[],
  onWait: OnWait = () => {},
): Promise<void> {
  try {
    if ((await isMigrated(database)) && findMissing(await listApplied(database), migrations).length === 0)
      return;
    while (await givingWay(database, migrations, onWait));
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause && cause.code === insufficientPrivilege)) throw cause;
    const message =
      "This role may not create or change the schema memlane. Run 'memlane-server migrate --grant NAME' as a role that may; " +
      "NAME is the name of this role.";
    throw new Error(message, { cause });
  }
}

/**
 * Applies the first missing migration, and repeats it while others have locks that it needs. Resolves with whether one was missing.
 *
 * @throws Error if they have the locks for too long
 */
function givingWay(database: Database, migrations: readonly Migration[], onWait: OnWait): Promise<boolean> {
  const untilMs = performance.now() + migrationMs;
  const report = createWaitReport(onWait);
  let waitsFor = "";
  return retryTransient(
    () =>
      database.transaction(
        (sql) =>
          applyNext(sql, migrations, (next) => {
            waitsFor = next;
          }),
        { statementMs: migrationMs },
      ),
    (error) => {
      if (!isLockConflict(error) || performance.now() > untilMs) return true;
      report(waitsFor);
      return false;
    },
  );
}

const lockConflicts = ["55P03", "40P01"]; // lock_not_available and deadlock_detected

const isLockConflict = (error: unknown) =>
  error instanceof Error && "code" in error && lockConflicts.includes(String(error.code));

/**
 * Applies the first missing migration. Resolves with whether one was missing. Calls `onLock` before each lock with what the lock may
 * have to wait for.
 */
async function applyNext(
  sql: Sql,
  migrations: readonly Migration[],
  onLock: (waitsFor: string) => void,
): Promise<boolean> {
  await sql.query(`set local lock_timeout = ${lockMs}`);
  onLock(`another process that migrates this database${await findMigrating(sql)}`);
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
  onLock(`transactions that use the tables of ${next.file}, such as an export`);
  await sql.query(next.sql);
  await sql.query("insert into memlane.migration (file) values ($1)", [next.file]);
  return true;
}

/** Which process of PostgreSQL has the lock of a migration, in parentheses; empty if none has it. */
async function findMigrating(sql: Sql): Promise<string> {
  const [process] = await sql.query<{ pid: number }>(
    `select pid
     from pg_locks
     where locktype = 'advisory' and classid = 0 and objid = $1 and granted
       and database = (select oid from pg_database where datname = current_database())`,
    [migrationLock],
  );
  return process === undefined ? "" : ` (the process ${process.pid} of PostgreSQL)`;
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
