// Compares two sentences by their meaningful words. All shares of "recovered" use this measure.

const stopWords = new Set(
  `a an the and or but if so as of at by for with about into to from in on than then that this these those there here
  is am are was were be been being do does did done have has had having will would can could shall should may might must
  not no nor it its just very too also really s t d ll m re ve don isn aren wasn weren doesn didn haven hasn won`
    .split(/\s+/)
    .filter((word) => word !== ""),
);

/** The words for the speaker. */
const personWords = new Set(
  "i me my mine myself we us our ours ourselves user users he him his she her hers they them their theirs themselves".split(
    " ",
  ),
);

/** The meaningful words of a text: in lower case, without stop words and persons, without simple endings. */
export function tokensOf(text: string): readonly string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.filter((word) => !stopWords.has(word) && !personWords.has(word)).map(stemOf);
}

function stemOf(word: string): string {
  const stem = word.replace(/(?<=...)ies$/, "y").replace(/(?<=...)(?:ing|ed|es|s)$/, "");
  return stem.replace(/(?<=..)e$/, "");
}

/** The harmonic mean of precision and recall over tokens, each counted as often as it occurs: 0 to 1. */
export function tokenF1(one: readonly string[], other: readonly string[]): number {
  const left = new Map<string, number>();
  for (const token of one) left.set(token, (left.get(token) ?? 0) + 1);
  let shared = 0;
  for (const token of other) {
    const count = left.get(token) ?? 0;
    if (count === 0) continue;
    shared += 1;
    left.set(token, count - 1);
  }
  return shared === 0 ? 0 : (2 * shared) / (one.length + other.length);
}
