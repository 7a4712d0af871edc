import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { parseJson } from "@memlane/core/internal";
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
 * @throws Error if the file is damaged, or the database has an organisation
 */
export async function importDatabase(
  url: string,
  input: AsyncIterable<Uint8Array>,
  { prepareSchema, onProgress = () => {} }: ImportOptions,
): Promise<ImportResult> {
  const lines = splitLines(decompress(input));
  const { migrations } = await readLine(lines, header);
  await prepareSchema(migrations);
  return withCopyConnection(url, async (connection) => {
    const { sql, client } = connection;
    await client.query("begin");
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
      if ("end" in line) break;
      const found = tables.find(({ name }) => name === line.table);
      const table = found && { ...found, columns: line.columns };
      if (table === undefined) skippedTables.push(line.table);
      rows += await importTable(connection, lines, table, onProgress);
    }
    await client.query("commit");
    return { rows, skippedTables };
  });
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
    );
    await switchTriggers(sql, table, "enable");
    await moveSequences(sql, table);
  }
  const promised = await readLine(lines, digestLine);
  const { rows, hash } = read.result();
  if (rows !== promised.rows || hash !== promised.hash)
    throw new Error("The export is damaged: a hash differs.");
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
    throw new Error(`The table ${table.name} has other rows than the export: nothing was imported.`);
  }
}

async function readLine<Schema extends z.ZodMiniType>(
  lines: AsyncGenerator<Uint8Array>,
  schema: Schema,
): Promise<z.output<Schema>> {
  const { value, done } = await lines.next();
  if (done) throw cutOff();
  const parsed = schema.safeParse(parseJson(Buffer.from(value).toString()));
  if (!parsed.success) throw new Error("This is not an export of Memlane, or it is damaged.");
  return parsed.data;
}

async function* decompress(input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = Readable.from(input);
  const gunzip = createGunzip();
  source.on("error", (error) => gunzip.destroy(error));
  try {
    yield* source.pipe(gunzip);
  } catch (cause) {
    throw new Error("This is not an export of Memlane, or it is cut off.", { cause });
  }
}

const cutOff = () => new Error("The export is cut off.");
