const newline = Buffer.from("\n");
const blockBytes = 65_536;

/** Splits a stream of bytes into lines, without their line ends. A line may be as long as a row. */
export async function* splitLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let pieces: Uint8Array[] = [];
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(newline[0]!); end >= 0; end = chunk.indexOf(newline[0]!, start)) {
      const piece = chunk.subarray(start, end);
      yield pieces.length === 0 ? piece : Buffer.concat([...pieces, piece]);
      pieces = [];
      start = end + 1;
    }
    if (start < chunk.length) pieces.push(chunk.subarray(start));
  }
  if (pieces.length > 0) yield Buffer.concat(pieces);
}

/** Joins lines into blocks, because a stream spends more on a small chunk than on its bytes. */
export async function* joinLines(lines: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const line of lines) {
    pieces.push(line, newline);
    bytes += line.length + 1;
    if (bytes < blockBytes) continue;
    yield Buffer.concat(pieces);
    pieces = [];
    bytes = 0;
  }
  if (pieces.length > 0) yield Buffer.concat(pieces);
}
