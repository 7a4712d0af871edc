import type { Token } from "./reader.ts";
import type { Subject } from "./subject.ts";

/** A statement in the first person. */
export interface Clause extends Subject {
  /** From the subject on. */
  readonly tokens: readonly Token[];
  /** What stood before it and belongs to it, such as "when I was young". */
  readonly preamble: readonly Token[];
}
