/** A part of a text. */
export interface Part {
  readonly part: string;
  readonly isMarked: boolean;
}

// Two words are alike if they begin with the same letters, up to a short ending: `like` and `likes`.
const shortestWord = 3;
const shortestBeginning = 4;
const longestEnding = 3;

/** Splits a text into parts, and marks the parts that are like a word of the query. */
export function markWords(text: string, query: string): readonly Part[] {
  const wanted = wordsOf(query).filter((word) => word.length >= shortestWord);
  return text
    .split(/([\p{L}\p{N}]+)/u)
    .filter((part) => part !== "")
    .map((part) => ({ part, isMarked: wanted.some((word) => isAlike(word, part.toLowerCase())) }));
}

const wordsOf = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

function isAlike(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  if (short === long) return true;
  return (
    short.length >= shortestBeginning && long.startsWith(short) && long.length - short.length <= longestEnding
  );
}
