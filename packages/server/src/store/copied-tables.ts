// The tables that an export contains. They are read from PostgreSQL's catalogue, so a new table needs no change here.
import type { Sql } from "../database/database.ts";

/** A table with the data of organisations. */
export interface CopiedTable {
  readonly name: string;
  /** Its columns without those that PostgreSQL computes. */
  readonly columns: readonly string[];
  /** The number of rows in PostgreSQL's statistics. */
  readonly estimatedRows: number;
}

/** All tables, each after those that its foreign keys refer to. */
export async function listCopiedTables(sql: Sql): Promise<readonly CopiedTable[]> {
  const tables = await sql.query<CopiedTable & { parents: string[] }>(
    `select
       relname as name,
       greatest(reltuples, 0)::float8 as "estimatedRows",
       array(
         select attname::text from pg_attribute
         where attrelid = pg_class.oid and attnum > 0 and not attisdropped and attgenerated = ''
         order by attnum
       ) as columns,
       array(
         select parent.relname::text
         from pg_constraint join pg_class as parent on parent.oid = confrelid
         where contype = 'f' and conrelid = pg_class.oid and confrelid <> conrelid
       ) as parents
     from pg_class join pg_namespace as schema on schema.oid = relnamespace
     where nspname = 'memlane' and relkind = 'r' and relname not in ('migration', 'worker')
       and relpersistence = 'p' -- a standby has no rows of unlogged tables
     order by relname collate "C"`,
  );
  const ordered: CopiedTable[] = [];
  const isReady = ({ parents }: { parents: string[] }) =>
    parents.every((parent) => ordered.some(({ name }) => name === parent));
  let waiting = tables;
  while (waiting.length > 0) {
    const ready = waiting.filter(isReady);
    if (ready.length === 0) throw new Error("The foreign keys of the schema memlane form a circle.");
    ordered.push(...ready.map(({ name, columns, estimatedRows }) => ({ name, columns, estimatedRows })));
    waiting = waiting.filter((table) => !ready.includes(table));
  }
  return ordered;
}

/** Removes all rows of these tables. */
export async function emptyTables(sql: Sql, tables: readonly CopiedTable[]): Promise<void> {
  await sql.query(`truncate ${tables.map(nameOf).join(", ")}`);
}

/** Turns the triggers of a table on or off, except those of foreign keys. Without them, a copy has no side effects. */
export async function switchTriggers(
  sql: Sql,
  table: CopiedTable,
  state: "enable" | "disable",
): Promise<void> {
  await sql.query(`alter table ${nameOf(table)} ${state} trigger user`);
}

/** Moves the sequences of a table past its highest numbers. */
export async function moveSequences(sql: Sql, table: CopiedTable): Promise<void> {
  const found = await sql.query<{ column: string; sequence: string }>(
    `select "column", sequence
     from unnest($2::text[]) as "column", pg_get_serial_sequence($1, "column") as sequence
     where sequence is not null`,
    [nameOf(table), table.columns],
  );
  for (const { column, sequence } of found) {
    await sql.query(`select setval($1::regclass, max(${quote(column)})) from ${nameOf(table)}`, [sequence]);
  }
}

/** The statement that writes all rows of a table. */
export const copyTo = (table: CopiedTable) => `copy ${nameOf(table)} (${columnsOf(table)}) to stdout`;

/** The statement that reads rows into a table. */
export const copyFrom = (table: CopiedTable) => `copy ${nameOf(table)} (${columnsOf(table)}) from stdin`;

const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;
const nameOf = ({ name }: CopiedTable) => `memlane.${quote(name)}`;
const columnsOf = ({ columns }: CopiedTable) => columns.map(quote).join(", ");
