/** Each is tried everywhere in the line, in this order. */
const expansions: readonly (readonly [pattern: RegExp, long: string])[] = [
  [/[’‘ʼ`´]/g, "'"],
  [/\b(?:I'?m|im)\b/gi, "I am"],
  [/\b(?:I've|ive)\b/gi, "I have"],
  [/\bi\b(?!\.\w)/g, "I"],
  [/\bain't\b/gi, "am not"],
  [/\b(?:cannot|can't|cant)\b/gi, "can not"],
  [/\bwon'?t\b/gi, "will not"],
  [/\b(do|does|did|is|was|has|have|are|were|had|could|would|should|must|need)n'?t\b/gi, "$1 not"],
  [/'m\b/gi, " am"],
  [/'re\b/gi, " are"],
  [/'ve\b/gi, " have"],
  [/'ll\b/gi, " will"],
  [/\b(I|you|he|she|it|we|they|that|there|who)'d\b/gi, "$1 would"],
  [/\b(he|she|it|that|there|what|who|where|how|when|name|here)'s\b/gi, "$1 is"],
  [/\bgonna\b/gi, "going to"],
  [/\bwanna\b/gi, "want to"],
  [/\bgotta\b/gi, "got to"],
];

/** Writes contractions and hasty spellings in full, so that each thing is said in one way. */
export function expandContractions(line: string): string {
  return expansions.reduce((text, [pattern, long]) => text.replaceAll(pattern, long), line);
}
