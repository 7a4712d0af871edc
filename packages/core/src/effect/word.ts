import * as Schema from "@effect/schema/Schema";
import type { Vocabulary } from "../dialect/vocabulary.ts";

/** Reads one of a dialect's words as its name, and prints a name as its word. */
export function wordOf<Name extends string, Word extends string, Chosen extends Name = Name>(
  { words }: Vocabulary<Name, Word>,
  names: readonly Chosen[] = Object.keys(words) as Chosen[],
): Schema.Schema<Chosen, Word> {
  const wordsOfNames: readonly Word[] = names.map((name) => words[name]);
  return Schema.transform(Schema.Literal(...wordsOfNames), Schema.Literal(...names), {
    strict: true,
    // Where names share a word, it is read as the first of them.
    decode: (word) => names[wordsOfNames.indexOf(word)]!,
    encode: (name) => words[name],
  });
}
