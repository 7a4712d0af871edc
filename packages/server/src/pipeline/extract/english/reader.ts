import model from "wink-eng-lite-web-model";
import createModel, { type ItemSentence, type PartOfSpeech, type WinkMethods } from "wink-nlp";

/** One word or mark of a sentence. */
export interface Token {
  readonly text: string;
  readonly lower: string;
  readonly tag: PartOfSpeech;
  /** The space before it, if any. */
  readonly space: "" | " ";
  /** Whether the English lexicon has the word, in lower case. */
  readonly inLexicon: boolean;
}

/** The words and marks of one sentence, in order. */
export type Sentence = readonly Token[];

/** Splits a line of text into tagged sentences. */
export type Reader = (line: string) => readonly Sentence[];

/**
 * After this many characters the model is loaded again, which takes 60 ms. The model never forgets a new word. Without
 * reloading, the memory would grow, and words of old messages could change the tags of new ones.
 */
const charactersPerModel = 1_000_000;

/**
 * The model without its custom entities, which are not used. The library serialises them for each new model, and the text doubles
 * in length each time: the 20th was too long for a string.
 */
const language: typeof model = { ...model, metaCER: () => ({ machines: [], transformers: [] }) };

/** Makes a reader of English. Its time grows with the square of the longest token, so pass it short lines. */
export function createReader(): Reader {
  const load = () => createModel(language, ["sbd", "pos"]);
  let nlp = load();
  let charactersRead = 0;
  return (line) => {
    if (charactersRead > charactersPerModel) {
      nlp = load();
      charactersRead = 0;
    }
    charactersRead += line.length;
    return read(nlp, line);
  };
}

/** Letters outside Latin-1. The model treats each as a separate word, so it reads a substitute letter. */
const unknownLetter = /(?![\0-\xff])[\p{L}\p{M}]/gu;

/** A letter of Latin-1 with the same length, and with the same case if the letter has one. */
function standIn(letter: string): string {
  const plain = letter.normalize("NFD").charAt(0);
  if (/[a-z]/i.test(plain)) return plain;
  return (/\p{Ll}/u.test(letter) ? "x" : "X").repeat(letter.length);
}

function read(nlp: WinkMethods, line: string): readonly Sentence[] {
  // The library compares these by identity, and they do not use `this`.
  // oxlint-disable-next-line typescript/unbound-method
  const { pos, precedingSpaces } = nlp.its;
  const legible = line.replaceAll(unknownLetter, standIn);
  const document = nlp.readDoc(legible);
  const sentences: Token[][] = [];
  let end = 0; // of the text that was read so far
  document.sentences().each((sentence: ItemSentence) => {
    const tokens = sentence.tokens();
    const tags = tokens.out(pos);
    const spaces = tokens.out(precedingSpaces);
    const words = tokens.out().map((word, index): Token => {
      const start = legible.indexOf(word, end);
      end = start + word.length;
      const text = line.slice(start, end);
      const tag = tags[index] as PartOfSpeech;
      const lower = text.toLowerCase();
      return {
        text,
        lower,
        tag,
        space: spaces[index] === "" ? "" : " ",
        inLexicon: !document.isOOV(lower),
      };
    });
    const [first] = words;
    if (first === undefined) return;
    // The model ends a sentence in the middle of "example.com".
    const goesOn = first.space === "" && /^[\p{Ll}\p{N}]/u.test(first.text);
    const previous = sentences.at(-1);
    if (goesOn && previous !== undefined) previous.push(...words);
    else sentences.push(words);
  });
  return sentences;
}

/** The text of these tokens as it was written, without the space before the first. */
export function textOf(tokens: readonly Token[]): string {
  return tokens.map(({ text, space }, index) => (index === 0 ? text : space + text)).join("");
}
