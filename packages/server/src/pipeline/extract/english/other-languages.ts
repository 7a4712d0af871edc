// The rules only understand English. Sentences in other languages are kept as quotations, so that a search can find them.
import { longestSentence } from "./lines.ts";
import type { Reader } from "./reader.ts";

/** Only this many sentences of a message are quoted. A longer text is rarely about its writer. */
const mostSentences = 20;

/** A sentence with fewer letters is a greeting or an exclamation. A letter of a script without spaces is about half a word. */
const fewestLetters = 8;
const fewestDenseLetters = 4;

/** A sentence in Latin letters must have this many words, and this share of them must not be English. */
const fewestWords = 4;
const fewestUnknown = 0.6;

const endOfSentence = /(?<=[。！？｡]["”」』]?)\s*|(?<=[؟۔।.!?…]["”»]?)\s+/u;
const lastMarks = /(?<![\s。！｡۔।.!…])[\s。！｡۔।.!…]+$/u;
const question = /[?？؟;]["”」』»]?$/u;
const notProse = /[[\]{}<>=\\|`]|:\/\//;
const word = /\p{L}+/gu;
const letter = /\p{L}/gu;
const latinLetter = /\p{Script=Latin}/gu;
const denseLetter = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;

/**
 * Nearly every English sentence has one of these words, and few sentences in other languages do. This check saves tagging the
 * sentence. It avoids `\b`, which treats an accented letter as the end of a word.
 */
const english =
  /(?<!\p{L})(?:the|and|you|that|what|of|with|how|your|this|have|not|but|it|to|for|my|i|i'm|is|are|so|too|very)(?!\p{L})/iu;

/**
 * Quotes what a message says in another language. Leaves out questions, exclamations and code. Yields after each sentence, often
 * an empty list, so that the caller can pause during a long message.
 */
export function* quotationsIn(content: string, read: Reader): Generator<readonly string[], void> {
  let quoted = 0;
  for (const part of content.split("\n").flatMap((line) => line.split(endOfSentence))) {
    const sentence = part.trim();
    if (sentence.length > longestSentence || !isSaying(sentence, read)) {
      yield [];
      continue;
    }
    yield [`User said "${sentence.replace(lastMarks, "").replaceAll(/\s+/g, " ")}".`];
    quoted += 1;
    if (quoted === mostSentences) return;
  }
}

function isSaying(sentence: string, read: Reader): boolean {
  if (question.test(sentence) || notProse.test(sentence)) return false;
  const letters = countOf(letter, sentence);
  if (countOf(latinLetter, sentence) > letters / 2)
    return !english.test(sentence) && countOf(word, sentence) >= fewestWords && isUnknown(sentence, read);
  return letters >= fewestLetters || countOf(denseLetter, sentence) >= fewestDenseLetters;
}

/** Whether most words are not in the English lexicon. */
function isUnknown(sentence: string, read: Reader): boolean {
  const words = read(sentence)
    .flat()
    .filter(({ text }) => /^\p{L}+$/u.test(text));
  return words.filter(({ inLexicon }) => !inLexicon).length >= words.length * fewestUnknown;
}

function countOf(pattern: RegExp, text: string): number {
  return text.match(pattern)?.length ?? 0;
}
