import { open, rename, rm } from "node:fs/promises";
import { exportDatabase, type ExportOptions } from "./export-database.ts";

/**
 * Exports a database to a file that only its owner can read. The file has its name only when it is
 * complete and on the disk. Resolves with the number of rows.
 */
export async function exportToFile(url: string, file: string, options: ExportOptions = {}): Promise<number> {
  const partial = `${file}.partial`;
  const output = (await open(partial, "w", 0o600)).createWriteStream({ flush: true });
  try {
    const rows = await exportDatabase(url, output, options);
    await rename(partial, file);
    return rows;
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}
