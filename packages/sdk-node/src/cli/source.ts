import { open } from "node:fs/promises";
import { addAbortSignal, type Readable } from "node:stream";
import { getSystemErrorMessage } from "node:util";

/** Bytes to import. */
export interface Source {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** How many there are; undefined when that shows only at the end. */
  readonly byteLength: number | undefined;
}

/** Opens a file, or the standard input for `-`. Aborting ends the reading. */
export async function openSource(path: string, signal: AbortSignal): Promise<Source> {
  const abortable = (bytes: Readable): Readable => addAbortSignal(signal, bytes);
  if (path === "-") return { bytes: abortable(process.stdin), byteLength: undefined };
  try {
    const file = await open(path);
    const stats = await file.stat();
    if (stats.isDirectory()) throw new Error("it is a folder");
    // A pipe tells its length only at its end.
    return { bytes: abortable(file.createReadStream()), byteLength: stats.isFile() ? stats.size : undefined };
  } catch (error) {
    throw new Error(`cannot read ${path}: ${reasonOf(error)}`, { cause: error });
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return "errno" in error ? getSystemErrorMessage(Number(error.errno)) : error.message;
}
