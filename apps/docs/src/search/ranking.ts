/** How results are ranked. A title says more than keywords, and keywords more than a word on the page. */
export const ranking = {
  // A word that only begins like the reader's counts little.
  termSimilarity: 30,
  metaWeights: { title: 5, keywords: 3, description: 2 },
};
