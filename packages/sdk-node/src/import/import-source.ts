import { open } from "node:fs/promises";
import { addAbortSignal, Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { getSystemErrorMessage } from "node:util";

/**
 * A source to import: the path of a file, the chunks of a file (a stream or a body of `fetch`), or objects.
 * Each object is one line.
 */
export type ImportSource =
  | string
  | URL
  | AsyncIterable<Uint8Array | string | object>
  | Iterable<Uint8Array | string | object>;

/** Bytes to import. */
export interface ImportBytes {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** How many there are; undefined if it is unknown until the end. */
  readonly byteLength: number | undefined;
  /** Releases what was not read. */
  readonly close: () => void;
}

/** Opens a source. Aborting stops reading. @throws Error if a file cannot be read; the message says why */
export async function openImportSource(source: ImportSource, signal?: AbortSignal): Promise<ImportBytes> {
  const abortable = (bytes: Readable) => (signal === undefined ? bytes : addAbortSignal(signal, bytes));
  if (typeof source !== "string" && !(source instanceof URL)) {
    const chunks = source instanceof Readable ? abortable(source) : source;
    return { bytes: bytesOf(chunks), byteLength: undefined, close: () => {} };
  }
  const path = source instanceof URL ? fileURLToPath(source) : source;
  try {
    const file = await open(path);
    const stats = await file.stat();
    if (stats.isDirectory()) {
      await file.close();
      throw new Error("it is a folder");
    }
    const bytes = abortable(file.createReadStream());
    // The length of a pipe is known only at its end.
    return {
      bytes,
      byteLength: stats.isFile() ? stats.size : undefined,
      close: () => void bytes.destroy(),
    };
  } catch (error) {
    throw new Error(`cannot read ${path}: ${reasonOf(error)}`, { cause: error });
  }
}

async function* bytesOf(
  chunks: AsyncIterable<Uint8Array | string | object> | Iterable<Uint8Array | string | object>,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of chunks) {
    if (chunk instanceof Uint8Array) yield chunk;
    else yield Buffer.from(typeof chunk === "string" ? chunk : `${JSON.stringify(chunk)}\n`);
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return "errno" in error ? getSystemErrorMessage(Number(error.errno)) : error.message;
}
