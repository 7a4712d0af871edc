import type { Sentence } from "./reader.ts";

/** Nearly every English word of up to this many letters is in the lexicon. */
const shortWord = 3;
const mostUnknown = 1 / 3;

/** Whether a sentence looks like English to its lexicon; names, which have capitals, say nothing about that. */
export function isEnglish(sentence: Sentence): boolean {
  const words = sentence.filter(({ text }) => /^\p{Ll}+$/u.test(text));
  const unknown = words.filter(({ known }) => !known);
  return (
    unknown.every(({ text }) => text.length > shortWord) &&
    unknown.length <= Math.max(1, words.length * mostUnknown)
  );
}
