/** The longest snippet, in characters. */
const longestSnippet = 280;

// A snippet from further down: the beginning of the memory, and the part that was found.
const beginning = 60;
const shownPart = longestSnippet - beginning - 10;

/** How far before its first word of the query a part begins at most. */
const mostBefore = 40;

// The bounds of the work on a memory.
const farthest = 20_000;
const mostWords = 12;
const occurrencesPerWord = 10;

/**
 * A memory in at most 280 characters: its beginning, and if another part has more words of the query, a shorter beginning and
 * that part.
 */
export function snippetOf(text: string, query: string): string {
  const found = findWords(text.slice(0, farthest).toLowerCase(), query.toLowerCase());
  let best = { start: 0, words: wordsIn(found, 0, longestSnippet) };
  for (const { at } of found) {
    const start = startOfWord(text, at - mostBefore, at);
    const words = wordsIn(found, start, shownPart);
    if (words > best.words) best = { start, words };
  }
  if (best.start === 0) return cut(text, 0, longestSnippet);
  return `${cut(text, 0, beginning)} … ${cut(text, best.start, shownPart)}`;
}

/** The beginning of the first word after `from`, at `to` at the latest. */
function startOfWord(text: string, from: number, to: number): number {
  if (from <= 0) return 0;
  const space = text.indexOf(" ", from);
  return space === -1 || space >= to ? to : space + 1;
}

/** So many characters of a text, without half a character at the end. */
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

/** Where a text has the beginnings of the words of a query: the ends of words differ between their forms. */
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
