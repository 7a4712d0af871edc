// What a word of a query counts in a text, after BM25.

/** The constants of BM25. */
export interface WordScoring {
  /** `k1`: the more, the more does strength count above presence. */
  readonly saturation: number;
  /** `b`: how much length counts, 0 to 1. */
  readonly lengthWeight: number;
  /** In characters. */
  readonly meanLength: number;
  /** A longer text counts as this long. */
  readonly longestLength: number;
  /** The strength of a word that is the speaker's name or in the date of a message. */
  readonly largestStrength: number;
}

/** SQL for what a word counts in a text, by how strong it is there: 1 in a text of the mean length in which it is once. */
export function shareOfWord(scoring: WordScoring, strength: string, text: string): string {
  const { saturation, lengthWeight, meanLength, longestLength } = scoring;
  const perCharacter = lengthWeight / meanLength;
  const length = `least(${longestLength}, length(${text}))::float8`; // otherwise PostgreSQL computes in decimals
  return `(
    ${1 + saturation} * ${strength}
    / (${strength} + ${saturation} * (${1 - lengthWeight} + ${perCharacter} * ${length}))
  )`;
}

/** What a word can count at most: if it has the largest strength in a text without length. */
export function largestShareOf({ saturation, lengthWeight, largestStrength }: WordScoring): number {
  return ((1 + saturation) * largestStrength) / (largestStrength + saturation * (1 - lengthWeight));
}

/** A word in the syntax of `tsquery`. */
export function quote(lexeme: string): string {
  return `'${lexeme.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
}
