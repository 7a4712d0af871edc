// Lists of words, each written as one string.

/** The set of these words. */
export function wordSet(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/).filter((word) => word !== ""));
}

/** The source of a pattern that matches any of these words. `_` means a space; a word may be a pattern. */
export function alternatives(words: string): string {
  return `(?:${words.trim().split(/\s+/).join("|").replaceAll("_", " ")})`;
}
