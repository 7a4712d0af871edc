import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { parseJson } from "@memlane/core/internal";
import { DatabaseError } from "pg";
import { from as createCopyFrom } from "pg-copy-streams";
import type * as z from "zod/mini";
import {
  copyFrom,
  emptyTables,
  listCopiedTables,
  moveSequences,
  switchTriggers,
  type CopiedTable,
} from "../store/copied-tables.ts";
import { withCopyConnection, type CopyConnection } from "./copy-connection.ts";
import { readRows } from "./export-database.ts";
import { digestLine, endOfRows, header, tableOrLastLine, type OnCopyProgress } from "./export-format.ts";
import { joinLines, splitLines } from "./lines.ts";
import { createRowDigest } from "./row-digest.ts";

/** What happens around the copy. */
export interface ImportOptions {
  /** Gives the database exactly these migrations. */
  readonly prepareSchema: (migrations: readonly string[]) => Promise<void>;
  readonly onProgress?: OnCopyProgress;
}

/** The number of imported rows, and the tables that only the other database has. */
export interface ImportResult {
  readonly rows: number;
  readonly skippedTables: readonly string[];
}

/**
 * Reads an export into a database without organisations, in one transaction. Compares the count and
 * the hash of each table with the export, and with the rows that the database has afterwards.
 *
 * @throws Error that says what to do and whether anything was imported
 */
export async function importDatabase(
  url: string,
  input: AsyncIterable<Uint8Array>,
  { prepareSchema, onProgress = () => {} }: ImportOptions,
): Promise<ImportResult> {
  const lines = splitLines(decompress(input));
  let isCommitting = false;
  try {
    const { migrations } = await readLine(lines, header);
    await prepareSchema(migrations);
    return await withCopyConnection(url, async (connection) => {
      const { client } = connection;
      await client.query("begin");
      const imported = await importTables(connection, lines, onProgress);
      isCommitting = true;
      await client.query("commit");
      return imported;
    });
  } catch (cause) {
    const message = isCommitting
      ? "The database did not say whether it stored the import: if it has no organisations now, import again."
      : "Nothing was imported.";
    throw new Error(message, { cause });
  }
}

async function importTables(
  connection: CopyConnection,
  lines: AsyncGenerator<Uint8Array>,
  onProgress: OnCopyProgress,
): Promise<ImportResult> {
  const { sql } = connection;
  const tables = await listCopiedTables(sql);
  const [org] = await sql.query("select from memlane.org limit 1");
  if (org !== undefined) {
    throw new Error("This database already has organisations: import into an empty one.");
  }
  await emptyTables(sql, tables);
  let rows = 0;
  const skippedTables: string[] = [];
  for (;;) {
    const line = await readLine(lines, tableOrLastLine);
    if ("end" in line) return { rows, skippedTables };
    const found = tables.find(({ name }) => name === line.table);
    const table = found && { ...found, columns: line.columns };
    if (table === undefined) skippedTables.push(line.table);
    rows += await importTable(connection, lines, table, onProgress);
  }
}

/** Copies the rows up to the end of a table. Without a table, it only reads them. */
async function importTable(
  connection: CopyConnection,
  lines: AsyncGenerator<Uint8Array>,
  table: CopiedTable | undefined,
  onProgress: OnCopyProgress,
): Promise<number> {
  const { sql, client } = connection;
  const read = createRowDigest();
  async function* rowsOfTable() {
    for (;;) {
      const { value: row, done } = await lines.next();
      if (done) throw cutOff();
      if (row.length === endOfRows.length && Buffer.from(row).toString() === endOfRows) return;
      read.add(row);
      if (table !== undefined) onProgress({ table: table.name, rows: read.rows() });
      yield row;
    }
  }
  if (table === undefined) {
    for await (const _ of rowsOfTable());
  } else {
    await switchTriggers(sql, table, "disable");
    await pipeline(
      Readable.from(joinLines(rowsOfTable()), { objectMode: false }),
      client.query(createCopyFrom(copyFrom(table))),
    ).catch((cause: unknown) => {
      if (!(cause instanceof DatabaseError && objectionsToRows.test(cause.code ?? ""))) throw cause;
      throw new Error(
        `The export is damaged or was changed: its table ${table.name} cannot be stored. Copy it or make it again.`,
        {
          cause,
        },
      );
    });
    await switchTriggers(sql, table, "enable");
    await moveSequences(sql, table);
  }
  const promised = await readLine(lines, digestLine);
  const { rows, hash } = read.result();
  if (rows !== promised.rows || hash !== promised.hash)
    throw new Error("The export is damaged or was changed: a hash differs. Copy it or make it again.");
  if (table !== undefined) await checkTable(connection, table, promised);
  return table === undefined ? 0 : rows;
}

async function checkTable(
  connection: CopyConnection,
  table: CopiedTable,
  promised: { readonly rows: number; readonly hash: string },
): Promise<void> {
  const stored = createRowDigest();
  for await (const row of readRows(connection, table)) stored.add(row);
  const { rows, hash } = stored.result();
  if (rows !== promised.rows || hash !== promised.hash) {
    throw new Error(
      `The table ${table.name} has other rows than the export after they were stored: report this fault of Memlane.`,
    );
  }
}

async function readLine<Schema extends z.ZodMiniType>(
  lines: AsyncGenerator<Uint8Array>,
  schema: Schema,
): Promise<z.output<Schema>> {
  const { value, done } = await lines.next();
  if (done) throw cutOff();
  const parsed = schema.safeParse(parseJson(Buffer.from(value).toString()));
  if (!parsed.success) throw notAnExport();
  return parsed.data;
}

async function* decompress(input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = Readable.from(input);
  const gunzip = createGunzip();
  source.on("error", (error) => gunzip.destroy(error));
  try {
    yield* source.pipe(gunzip);
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
    if (code === "Z_BUF_ERROR") throw cutOff();
    throw code.startsWith("Z_") ? notAnExport(cause) : new Error("The export cannot be read.", { cause });
  }
}

/** SQLSTATE classes: data exceptions, violated constraints, and names that do not exist. */
const objectionsToRows = /^(?:22|23|42)/;

const cutOff = () => new Error("The export is cut off or empty: copy it or make it again.");

const notAnExport = (cause?: unknown) =>
  new Error("This is not an export of Memlane, or it is damaged: make one with 'memlane-server export'.", {
    cause,
  });
