/** The length of a snippet of the batch dialect, in characters. */
const usualLength = 280;

/** In a snippet with two parts, the length of the first: the beginning of the memory. The part that was found has the rest. */
const beginning = 60;

/** The found part begins at most this many characters before a word of the query. */
const mostBefore = 40;

// These limit the work for one memory.
const farthest = 20_000;
const mostWords = 12;
const occurrencesPerWord = 10;

/**
 * Shortens a memory to at most `longest` characters. Returns its beginning, or, if another part has more words of the query, a
 * shorter beginning and that part.
 */
export function snippetOf(text: string, query: string, longest = usualLength): string {
  const shownPart = longest - beginning - 10;
  const found = findWords(text.slice(0, farthest).toLowerCase(), query.toLowerCase());
  let best = { start: 0, words: wordsIn(found, 0, longest) };
  for (const { at } of found) {
    const start = startOfWord(text, at - mostBefore, at);
    const words = wordsIn(found, start, shownPart);
    if (words > best.words) best = { start, words };
  }
  if (best.start === 0) return cut(text, 0, longest);
  return `${cut(text, 0, beginning)} … ${cut(text, best.start, shownPart)}`;
}

/** Where the first word after `from` begins; `to` if no word begins before `to`. */
function startOfWord(text: string, from: number, to: number): number {
  if (from <= 0) return 0;
  const space = text.indexOf(" ", from);
  return space === -1 || space >= to ? to : space + 1;
}

/** `length` characters from `start`. Never cuts a character (a surrogate pair) in half. */
function cut(text: string, start: number, length: number): string {
  return Array.from(text.slice(start, start + 2 * length))
    .slice(0, length)
    .join("");
}

interface Occurrence {
  readonly word: string;
  readonly at: number;
}

function wordsIn(found: readonly Occurrence[], start: number, length: number): number {
  const inside = found.filter(({ word, at }) => at >= start && at + word.length <= start + length);
  return new Set(inside.map(({ word }) => word)).size;
}

/** Finds the query's words in a text. Ignores up to two last letters, because the forms of a word differ there. */
function findWords(text: string, query: string): readonly Occurrence[] {
  const words = new Set(
    (query.match(/[\p{L}\p{N}]{3,}/gu) ?? []).map((word) => word.slice(0, Math.max(3, word.length - 2))),
  );
  return [...words].slice(0, mostWords).flatMap((word) => {
    const occurrences: Occurrence[] = [];
    for (let at = text.indexOf(word); at !== -1 && occurrences.length < occurrencesPerWord;) {
      occurrences.push({ word, at });
      at = text.indexOf(word, at + 1);
    }
    return occurrences;
  });
}
