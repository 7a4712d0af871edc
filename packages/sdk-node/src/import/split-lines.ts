/** One line of a file. */
export type SourceLine = {
  /** Counted from 1. */
  readonly number: number;
  /** Its length in the file, including the line feed. */
  readonly byteLength: number;
} & ({ readonly text: string } | { readonly problem: string });

const lineFeed = 0x0a;

/**
 * The lines of a stream of bytes, one at a time. Only a line feed ends a line, because JSON may contain the
 * other separators of `node:readline`. A line of more than `maximumBytes` is skipped without being kept, so
 * that a file without line feeds cannot fill the memory.
 */
export async function* splitLines(
  chunks: AsyncIterable<Uint8Array>,
  maximumBytes = 16 * 1024 * 1024,
): AsyncGenerator<SourceLine, void, undefined> {
  let number = 0;
  let byteLength = 0;
  let parts: Uint8Array[] = [];

  const add = (part: Uint8Array) => {
    byteLength += part.length;
    if (byteLength <= maximumBytes) parts.push(part);
    else parts = [];
  };
  const end = (): SourceLine => {
    const line = {
      number: ++number,
      byteLength,
      ...readLine(parts, byteLength > maximumBytes && maximumBytes),
    };
    byteLength = 0;
    parts = [];
    return line;
  };

  for await (const chunk of chunks) {
    let start = 0;
    for (;;) {
      const found = chunk.indexOf(lineFeed, start);
      if (found === -1) break;
      add(chunk.subarray(start, found + 1));
      start = found + 1;
      yield end();
    }
    if (start < chunk.length) add(chunk.subarray(start));
  }
  if (byteLength > 0) yield end();
}

function readLine(
  parts: readonly Uint8Array[],
  isLongerThan: number | false,
): { readonly text: string } | { readonly problem: string } {
  if (isLongerThan !== false) return { problem: `is longer than ${isLongerThan} bytes` };
  try {
    // Every line is decoded alone, so that broken bytes affect only their own line.
    return {
      text: new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(parts)).replace(/\r?\n$/, ""),
    };
  } catch {
    return { problem: "is not valid UTF-8" };
  }
}
