// Lists of words, each written as one string.

/** A set of words, written as a sentence of them. */
export function wordSet(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/).filter((word) => word !== ""));
}

/** A pattern's group that fits any of these words, in which `_` is a space. */
export function alternatives(words: string): string {
  return `(?:${words.trim().split(/\s+/).join("|").replaceAll("_", " ")})`;
}
