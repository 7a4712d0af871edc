/** Formats that people export memories in, by their first bytes. */
const formats: readonly { readonly first: readonly number[]; readonly advice: string }[] = [
  { first: [0x1f, 0x8b], advice: "it is compressed with gzip: unpack it first, with `gunzip -c`" },
  { first: [0x28, 0xb5, 0x2f, 0xfd], advice: "it is compressed with zstd: unpack it first, with `zstd -dc`" },
  { first: [0x50, 0x4b, 0x03, 0x04], advice: "it is a zip archive: unpack it first, with `unzip -p`" },
];
const utf16 = "it is UTF-16: convert it to UTF-8 first, with `iconv -f UTF-16 -t UTF-8`";
const csv =
  "it begins like CSV: make one JSON object of each row first, for example with `mlr --icsv --ojsonl cat`";
// A row of at least two column names.
const csvHeader = /^\uFEFF?"?[a-z_][\w .-]*"?(?:[,;\t]"?[a-z_][\w .-]*"?)+$/i;
const enoughBytes = 1024;

/**
 * The same bytes, if they can be lines of JSON. Reads only the beginning.
 * @throws Error if they are of another format; the message says how to convert them
 */
export async function checkFormat(bytes: AsyncIterable<Uint8Array>): Promise<AsyncIterable<Uint8Array>> {
  const reader = bytes[Symbol.asyncIterator]();
  let head: Uint8Array = new Uint8Array();
  while (head.length < enoughBytes) {
    const next = await reader.next();
    if (next.done === true) break;
    head = Buffer.concat([head, next.value]);
  }
  const advice = adviceFor(head);
  if (advice !== undefined) throw new Error(`cannot import this: ${advice}`);
  return restOf(head, reader);
}

async function* restOf(
  head: Uint8Array,
  reader: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    if (head.length > 0) yield head;
    for (let next = await reader.next(); next.done !== true; next = await reader.next()) yield next.value;
  } finally {
    await reader.return?.();
  }
}

function adviceFor(head: Uint8Array): string | undefined {
  for (const { first, advice } of formats) {
    if (first.every((byte, index) => head[index] === byte)) return advice;
  }
  const [one, two] = head;
  const hasMark = (one === 0xff && two === 0xfe) || (one === 0xfe && two === 0xff);
  // JSON and CSV begin with an ASCII character, of which UTF-16 makes two bytes.
  if (hasMark || (head.length > 1 && (one === 0) !== (two === 0))) return utf16;
  const line = new TextDecoder().decode(head).split(/\r?\n/, 1)[0] ?? "";
  return csvHeader.test(line) ? csv : undefined;
}
