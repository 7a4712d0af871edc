// The share that a word of a query adds to the score of a text, as in BM25.

/** The constants of BM25. */
export interface WordScoring {
  /** `k1`: with a higher value, a stronger word counts more. */
  readonly saturation: number;
  /** `b`: how much the length of the text matters, 0 to 1. */
  readonly lengthWeight: number;
  /** The mean length of a text, in characters. */
  readonly meanLength: number;
  /** A longer text counts as this long. */
  readonly longestLength: number;
  /** The strength of a word that is the speaker's name or in the date of a message. */
  readonly largestStrength: number;
}

/** SQL for the share of a word, from its strength and the text. It is 1 for strength 1 in a text of the mean length. */
export function shareOfWord(scoring: WordScoring, strength: string, text: string): string {
  const { saturation, lengthWeight, meanLength, longestLength } = scoring;
  const perCharacter = lengthWeight / meanLength;
  const length = `least(${longestLength}, length(${text}))::float8`; // without the cast, PostgreSQL would compute with `numeric`
  return `(
    ${1 + saturation} * ${strength}
    / (${strength} + ${saturation} * (${1 - lengthWeight} + ${perCharacter} * ${length}))
  )`;
}

/** The largest possible share: that of a word with the largest strength in an empty text. */
export function largestShareOf({ saturation, lengthWeight, largestStrength }: WordScoring): number {
  return ((1 + saturation) * largestStrength) / (largestStrength + saturation * (1 - lengthWeight));
}

/** A word in the syntax of `tsquery`. */
export function quote(lexeme: string): string {
  return `'${lexeme.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
}
