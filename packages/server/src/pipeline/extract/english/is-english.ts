import type { Sentence } from "./reader.ts";

/** The lexicon has nearly every English word of up to this many letters, so two unknown ones are too many. */
const shortWord = 3;
const mostUnknownShort = 1;
const mostUnknown = 1 / 3;

/** Whether most words of a sentence are in the English lexicon. Capitalised words, such as names, do not count. */
export function isEnglish(sentence: Sentence): boolean {
  // The parts of "sci-fi" need not be words.
  const isPart = (at: number) =>
    [sentence[at]!, sentence[at + 1]].some((token) => token?.space === "" && token.lower === "-") ||
    (sentence[at - 1]?.lower === "-" && sentence[at]!.space === "");
  const words = sentence.filter(({ text }, at) => /^\p{Ll}+$/u.test(text) && !isPart(at));
  const unknown = words.filter(({ inLexicon }) => !inLexicon);
  return (
    unknown.filter(({ text }) => text.length <= shortWord).length <= mostUnknownShort &&
    unknown.length <= Math.max(1, words.length * mostUnknown)
  );
}
