import { maximumBatchSize } from "@memlane/core/internal";
import type { SourceLine } from "./split-lines.ts";

/** Lines that are sent, settled and noted together. */
export interface LineChunk {
  /** Its lines, those without text aside. */
  readonly lines: readonly SourceLine[];
  /** The last line that belongs to it, one without text included. */
  readonly lastLine: number;
  /** Its length in the file. */
  readonly byteLength: number;
}

/** How large a chunk of long lines grows: the body of a request stays well below what servers take. */
const chunkBytes = 4 * 1024 * 1024;

/**
 * The chunks of a file: up to 500 lines each, fewer where they are long. Where one ends depends on the lines alone, so
 * whoever reads the same file again finds the same chunks. At most `limit` lines are read, those without text aside.
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
