import { open, rename, rm } from "node:fs/promises";
import { exportDatabase } from "./export-database.ts";
import type { OnCopyProgress } from "./export-format.ts";

/** How to write a file. */
export interface ExportToFileOptions {
  readonly onProgress?: OnCopyProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Exports a database to a file that only its owner can read. The file has its name only when it is
 * complete and on the disk. Resolves with the number of rows.
 */
export async function exportToFile(
  url: string,
  file: string,
  { onProgress, signal }: ExportToFileOptions = {},
): Promise<number> {
  const partial = `${file}.partial`;
  const output = (await open(partial, "w", 0o600)).createWriteStream({ flush: true });
  try {
    const rows = await exportDatabase(url, output, { onProgress, signal });
    await rename(partial, file);
    return rows;
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}
