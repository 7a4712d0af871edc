/** A pattern's group that fits any of these words, in which `_` is a space. */
export function alternatives(words: string): string {
  return `(?:${words.trim().split(/\s+/).join("|").replaceAll("_", " ")})`;
}
