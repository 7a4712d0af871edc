// What a word of a query counts in a text, after BM25.
const saturation = 0.8; // k1
const lengthWeight = 0.25; // b: a long text with all words comes before a short one with some of them
const meanLength = 120; // in characters
const longestLength = 480; // a longer text counts as this long

/** SQL for what a word counts in a text, by how strong it is there: 1 in a text of the mean length in which it is once. */
export const shareOfWord = (strength: string, text: string): string =>
  `(${1 + saturation} * ${strength} / (${strength} + ${saturation} * (${1 - lengthWeight} + ${lengthWeight / meanLength} * least(${longestLength}, length(${text})))))`;

/** The strength of a word that is the speaker's name or in the date. */
export const largestStrength = 2;

/** What a word can count at most: if it has the largest strength in a text without length. */
export const largestShare =
  ((1 + saturation) * largestStrength) / (largestStrength + saturation * (1 - lengthWeight));

/** A word as a `tsquery` takes it, whatever it is made of. */
export function quote(lexeme: string): string {
  return `'${lexeme.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
}
