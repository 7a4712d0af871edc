import * as z from "zod/mini";

/** The words of a dialect for a closed set of our names. Several names may share a word. */
export interface Vocabulary<Name extends string, Word extends string = string> {
  readonly words: Readonly<Record<Name, Word>>;
  /** The first name with this word; undefined for an unknown word. */
  readonly nameOf: (word: string) => Name | undefined;
}

/** A vocabulary from its table. A word that several names share is read as the first of these names. */
export function createVocabulary<const Words extends Readonly<Record<string, string>>>(
  words: Words,
): Vocabulary<keyof Words & string, Words[keyof Words]> {
  const names = new Map<string, keyof Words & string>();
  for (const [name, word] of Object.entries(words)) {
    if (!names.has(word)) names.set(word, name);
  }
  return { words, nameOf: (word) => names.get(word) };
}

/** The schema that reads a word as its name and prints a name as its word. */
export function vocabularyWire<Name extends string, Word extends string>(vocabulary: Vocabulary<Name, Word>) {
  const words: Word[] = [...new Set<Word>(Object.values(vocabulary.words))];
  const names = Object.keys(vocabulary.words) as Name[];
  return z.codec(z.enum(words), z.enum(names), {
    decode: (word) => vocabulary.nameOf(word)!,
    encode: (name) => vocabulary.words[name],
  });
}
