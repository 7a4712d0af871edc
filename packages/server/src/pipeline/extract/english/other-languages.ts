// What somebody says in a language that the rules do not understand is kept as it was said, so that it can be found:
// dropping it would lose what they said of themselves for no better reason than their language.
import { longestSentence } from "./lines.ts";
import type { Reader } from "./reader.ts";

/** A message that holds more sentences is a text about something, of which the beginning has to do. */
const mostSentences = 20;

/** Fewer letters are a greeting or an exclamation. One of a script without spaces is about half a word. */
const fewestLetters = 8;
const fewestDenseLetters = 4;

/** Fewer words in Latin letters could be anything, and so could more that English has. */
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
 * A word that nearly every English sentence has one of, and few of other languages: to read all costs time. To `\b` an
 * accented letter is no letter, and what stands beside one a word.
 */
const english =
  /(?<!\p{L})(?:the|and|you|that|what|of|with|how|your|this|have|not|but|it|to|for|my|i|i'm|is|are|so|too|very)(?!\p{L})/iu;

/**
 * What a message says in another language, in quotation marks. Questions, exclamations and code are left out. It comes sentence
 * by sentence, nothing for most of them, so that others have their turn during a long message.
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

/** Whether English has few of the words. */
function isUnknown(sentence: string, read: Reader): boolean {
  const words = read(sentence)
    .flat()
    .filter(({ text }) => /^\p{L}+$/u.test(text));
  return words.filter(({ known }) => !known).length >= words.length * fewestUnknown;
}

function countOf(pattern: RegExp, text: string): number {
  return text.match(pattern)?.length ?? 0;
}
