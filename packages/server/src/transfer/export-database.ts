import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { constants, createGzip } from "node:zlib";
import { to as createCopyTo } from "pg-copy-streams";
import { version } from "../base/version.ts";
import { isMigrated, listApplied } from "../database/migrate.ts";
import { copyTo, listCopiedTables, type CopiedTable } from "../store/copied-tables.ts";
import { withCopyConnection, type CopyConnection } from "./copy-connection.ts";
import { endOfRows, type OnCopyProgress } from "./export-format.ts";
import { joinLines, splitLines } from "./lines.ts";
import { createRowDigest } from "./row-digest.ts";

export interface ExportOptions {
  readonly onProgress?: OnCopyProgress | undefined;
  /** The export stops when this signal aborts. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Writes all data of organisations in a database, as it is at one moment. Servers may use the database meanwhile.
 * Resolves with the number of rows.
 */
export async function exportDatabase(
  url: string,
  output: Writable,
  { onProgress, signal }: ExportOptions = {},
): Promise<number> {
  let rows = 0;
  const count: OnCopyProgress = (progress) => {
    rows += 1;
    onProgress?.(progress);
  };
  await withCopyConnection(url, async (connection) => {
    await connection.client.query("begin isolation level repeatable read read only");
    const printed = Readable.from(printDatabase(connection, count), { objectMode: false });
    const compress = createGzip({ level: constants.Z_BEST_SPEED }); // the servers need the cores, too
    await pipeline(printed, compress, output, { signal });
  });
  return rows;
}

async function* printDatabase(connection: CopyConnection, onProgress: OnCopyProgress) {
  const { sql } = connection;
  if (!(await isMigrated(sql))) {
    throw new Error(
      "There is no schema memlane in this database, so there is nothing to export: check --data or DATABASE_URL.",
    );
  }
  yield print({
    format: "memlane-export-1",
    memlane: version,
    at: new Date().toISOString(),
    migrations: await listApplied(sql),
  });
  for (const table of await listCopiedTables(sql)) {
    yield print({ table: table.name, columns: table.columns });
    const digest = createRowDigest();
    const digested = async function* () {
      for await (const row of readRows(connection, table)) {
        digest.add(row);
        onProgress({ table: table.name, rows: digest.rows(), estimatedRows: table.estimatedRows });
        yield row;
      }
    };
    yield* joinLines(digested());
    yield Buffer.from(`${endOfRows}\n`);
    yield print(digest.result());
  }
  yield print({ end: true });
}

/** The rows of a table, as COPY prints them. */
export function readRows({ client }: CopyConnection, table: CopiedTable): AsyncGenerator<Uint8Array> {
  return splitLines(client.query(createCopyTo(copyTo(table))));
}

const print = (line: object) => Buffer.from(`${JSON.stringify(line)}\n`);
