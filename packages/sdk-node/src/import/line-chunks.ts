import { maximumBatchSize } from "@memlane/core/internal";
import type { SourceLine } from "./split-lines.ts";

/** Lines that are sent, finished and recorded together. */
export interface LineChunk {
  /** Its lines, without empty ones. */
  readonly lines: readonly SourceLine[];
  /** The last line of the chunk, including an empty one. */
  readonly lastLine: number;
  /** Its length in the file. */
  readonly byteLength: number;
}

/** The size limit of a chunk of long lines; well below a server's limit for a body. */
const chunkBytes = 4 * 1024 * 1024;

/**
 * The chunks of a file: up to 500 lines each, fewer if they are long. The ends of chunks depend only on the
 * lines, so reading the file again gives the same chunks. Reads at most `limit` lines, not counting empty
 * ones.
 */
export async function* chunkLines(
  source: AsyncIterable<SourceLine>,
  limit = Infinity,
): AsyncGenerator<LineChunk, void, undefined> {
  let lines: SourceLine[] = [];
  let byteLength = 0;
  let lastLine = 0;
  let taken = 0;
  const end = (): LineChunk => {
    const chunk = { lines, lastLine, byteLength };
    lines = [];
    byteLength = 0;
    return chunk;
  };
  for await (const line of source) {
    lastLine = line.number;
    byteLength += line.byteLength;
    if ("problem" in line || line.text.trim() !== "") {
      lines.push(line);
      taken += 1;
    }
    if (lines.length === maximumBatchSize || byteLength >= chunkBytes) yield end();
    if (taken >= limit) break;
  }
  if (byteLength > 0) yield end();
}
