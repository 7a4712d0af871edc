// The site's `pagefind.js`: finds pages with any of the words. Pagefind's own, which is `engine.js`, finds only pages with all.
import { search as searchAll, type Result } from "./engine.js";

export * from "./engine.js";

/** Words of a question that say nothing about its answer. */
const stopWords = new Set(
  "a an and are be can do does for from get how i in is it me my of on or the to we what when where which why with you your".split(
    " ",
  ),
);

/** The pages with any of the words; those with more of them, and with rarer ones, come first. */
export async function search(text: string, options: object = {}): Promise<{ readonly results: Result[] }> {
  const all = await searchAll(text, options);
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "" && !stopWords.has(word));
  const isPhrase = text.includes('"');
  if (words.length === 0 || isPhrase) return { ...all, results: all.results.map(shown) };

  const found = new Map<string, Result[]>();
  for (const { results } of await Promise.all(words.map((word) => searchAll(word, options)))) {
    for (const result of results) found.set(result.id, [...(found.get(result.id) ?? []), result]);
  }
  const withAll = new Map(all.results.map((result) => [result.id, result]));
  const ranked = [...found].map(([id, results]) => {
    const share = results.length / words.length;
    const score = share * results.reduce((sum, result) => sum + result.score, 0);
    return { ...(withAll.get(id) ?? results[0]!), score };
  });
  return { ...all, results: ranked.toSorted((a, b) => b.score - a.score).map(shown) };
}

/** A result without the texts that only help to find it. */
function shown(result: Result): Result {
  return {
    ...result,
    data: async () => {
      const { keywords, description, ...meta } = (await result.data()).meta;
      return { ...(await result.data()), meta };
    },
  };
}
