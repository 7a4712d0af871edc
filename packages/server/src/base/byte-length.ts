const encoder = new TextEncoder();

/** The length of a text in UTF-8. Works without `Buffer`, because the server also runs in a browser page. */
export function byteLengthOf(text: string): number {
  return encoder.encode(text).byteLength;
}
