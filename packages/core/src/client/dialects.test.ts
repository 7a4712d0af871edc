// A client gets a wire word without its dialect, so the word must mean the same in all dialects.
import { expect, test } from "vitest";
import type { Vocabulary } from "../dialect/vocabulary.ts";
import { clientDialects } from "./dialects.ts";

function meaningsOf<Name extends string>(vocabularies: readonly Vocabulary<Name>[]): [string, Set<Name>][] {
  const words = new Set(vocabularies.flatMap((vocabulary) => Object.values<string>(vocabulary.words)));
  return [...words].map((word) => [
    word,
    new Set(vocabularies.map(({ nameOf }) => nameOf(word)).filter((name) => name !== undefined)),
  ]);
}

test.each(meaningsOf(clientDialects.map(({ statuses }) => statuses)))(
  "the status word %s means the same state in each dialect that has it",
  (_, states) => {
    expect([...states]).toHaveLength(1);
  },
);

test.each(meaningsOf(clientDialects.map(({ errors }) => errors)))(
  "the error word %s means the same code in each dialect that has it",
  (_, codes) => {
    expect([...codes]).toHaveLength(1);
  },
);
