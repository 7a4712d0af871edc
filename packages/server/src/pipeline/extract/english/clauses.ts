import { wordSet } from "../../word-lists.ts";
import type { Clause } from "./clause.ts";
import { groupsOf } from "./groups.ts";
import { invertClause } from "./inversion.ts";
import type { Sentence } from "./reader.ts";

/** A sentence that begins with one of these does not state a fact. */
const hypotheses = wordSet("if unless imagine suppose let lets wish perhaps maybe");

/** The clauses in the first person of a sentence, in order. Leaves out questions and suppositions. */
export function clausesOf(sentence: Sentence): readonly Clause[] {
  if (hypotheses.has(sentence[0]?.lower ?? "")) return [];
  const groups = groupsOf(sentence);
  const isQuestion = sentence.findLast(({ text }) => /[?.!]/.test(text))?.text.includes("?") ?? false;
  return (isQuestion ? groups.slice(0, -1) : groups).flatMap(({ from, to, subject, preamble }): Clause[] => {
    const tokens = sentence.slice(from, to);
    if (subject === null) return invertClause(tokens);
    const before = preamble === null ? [] : sentence.slice(preamble.from, preamble.to);
    return [{ kind: subject.kind, verbAt: subject.verbAt - from, tokens, preamble: before }];
  });
}
