/** The longest snippet, in characters. */
const longestSnippet = 280;

/** How far before its first word of the query a snippet begins at most. */
const mostBefore = 40;

// The bounds of the work on a memory.
const farthest = 20_000;
const mostWords = 12;
const occurrencesPerWord = 10;

/** The part of a memory that shows the most words of a query: its beginning, if no other part shows more. */
export function snippetOf(text: string, query: string): string {
  if (text.length <= longestSnippet) return text;
  const found = findWords(text.slice(0, farthest).toLowerCase(), query.toLowerCase());
  let best = { start: 0, shown: shownFrom(0) };
  for (const { at } of found) {
    const first = Math.max(0, at - mostBefore);
    const start = first === 0 ? 0 : Math.min(at, text.indexOf(" ", first) + 1 || at);
    const shown = shownFrom(start);
    if (shown > best.shown) best = { start, shown };
  }
  const { start } = best;
  const characters = Array.from(text.slice(start, start + 2 * longestSnippet));
  if (start === 0) return characters.slice(0, longestSnippet).join("");
  return `…${characters.slice(0, longestSnippet - 1).join("")}`;

  function shownFrom(from: number): number {
    const shown = found.filter(({ at }) => at >= from && at < from + longestSnippet);
    return new Set(shown.map(({ word }) => word)).size;
  }
}

interface Occurrence {
  readonly word: string;
  readonly at: number;
}

/** Where a text has the beginnings of the words of a query: the ends of words differ between their forms. */
function findWords(text: string, query: string): readonly Occurrence[] {
  const words = [...new Set(query.match(/[\p{L}\p{N}]{3,}/gu))].map((word) =>
    word.slice(0, Math.max(3, word.length - 2)),
  );
  return words.slice(0, mostWords).flatMap((word) => {
    const occurrences: Occurrence[] = [];
    for (let at = text.indexOf(word); at !== -1 && occurrences.length < occurrencesPerWord;) {
      occurrences.push({ word, at });
      at = text.indexOf(word, at + 1);
    }
    return occurrences;
  });
}
