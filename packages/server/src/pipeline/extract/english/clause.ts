import type { Token } from "./reader.ts";
import type { Subject } from "./subject.ts";

/** A part of a sentence that says one thing in the first person. */
export interface Clause extends Subject {
  /** From the subject to the end. */
  readonly tokens: readonly Token[];
  /** The words before the subject that belong to the clause, such as "when I was young". */
  readonly preamble: readonly Token[];
}

/** Whether its subject is neither the user nor something of theirs: "The school is near our house". */
export function isAboutOther({ kind, tokens }: Pick<Clause, "kind" | "tokens">): boolean {
  const first = tokens[0]?.lower;
  return kind === "my" && first !== "my" && first !== "our";
}
