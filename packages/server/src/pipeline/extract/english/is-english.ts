import type { Sentence } from "./reader.ts";

/** The lexicon has nearly every English word of up to this many letters. */
const shortWord = 3;
const mostUnknown = 1 / 3;

/** Whether most words of a sentence are in the English lexicon. Capitalised words, such as names, do not count. */
export function isEnglish(sentence: Sentence): boolean {
  const words = sentence.filter(({ text }) => /^\p{Ll}+$/u.test(text));
  const unknown = words.filter(({ inLexicon }) => !inLexicon);
  return (
    unknown.every(({ text }) => text.length > shortWord) &&
    unknown.length <= Math.max(1, words.length * mostUnknown)
  );
}
