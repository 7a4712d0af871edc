// Okapi BM25 over plain words: the result of a search without any extraction.

/** Finds the positions of the documents that match a query, the best first. */
export type Search = (query: string, limit: number) => readonly number[];

const saturation = 1.2; // k1
const lengthWeight = 0.75; // b

/** An index of these documents. */
export function createBm25(documents: readonly string[]): Search {
  const lengths = documents.map((text) => wordsOf(text).length);
  const meanLength = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, documents.length);
  const occurrences = new Map<string, Map<number, number>>();
  for (const [at, text] of documents.entries()) {
    for (const word of wordsOf(text)) {
      const counts = occurrences.get(word) ?? new Map<number, number>();
      occurrences.set(word, counts.set(at, (counts.get(at) ?? 0) + 1));
    }
  }
  return (query, limit) => {
    const scores = new Map<number, number>();
    for (const word of wordsOf(query)) {
      const counts = occurrences.get(word) ?? new Map<number, number>();
      const rarity = Math.log(1 + (documents.length - counts.size + 0.5) / (counts.size + 0.5));
      for (const [at, count] of counts) {
        const norm = 1 - lengthWeight + lengthWeight * (lengths[at]! / meanLength);
        const weight = (count * (saturation + 1)) / (count + saturation * norm);
        scores.set(at, (scores.get(at) ?? 0) + rarity * weight);
      }
    }
    return [...scores]
      .toSorted(([a, one], [b, other]) => other - one || a - b)
      .slice(0, limit)
      .map(([at]) => at);
  };
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
