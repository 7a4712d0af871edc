import { wordSet } from "../../word-lists.ts";
import type { Clause } from "./clause.ts";
import { clauseSpansOf } from "./clause-spans.ts";
import { invertClause, nominal } from "./inversion.ts";
import { relationClause } from "./relations.ts";
import type { Sentence } from "./reader.ts";

/** A sentence that begins with one of these words does not state a fact. */
const hypotheses = wordSet("if unless imagine suppose let lets wish perhaps maybe");

/** Where the list that ends at `from` begins: "Swimming and yoga are my hobbies." `from` itself if there is no list. */
function listStart(sentence: Sentence, from: number): number {
  const words = sentence.slice(0, from);
  const isList = words.length > 0 && words.every(({ tag, lower }) => nominal.has(tag) || lower === ",");
  return isList && words.at(-1)?.tag === "CCONJ" ? 0 : from;
}

/** Whether a clause states a purpose ("… so I can reach more people") or compares ("as passionate as I am"). */
function isPurposeOrMeasure(sentence: Sentence, from: number, verbAt: number): boolean {
  const before = sentence[from - 1]?.lower ?? "";
  if (before === "as" || before === "than") return true;
  return (
    /^(?:so|that|now|where)$/.test(before) && /^(?:can|could|would)$/.test(sentence[verbAt]?.lower ?? "")
  );
}

/** The first-person clauses of a sentence, in order. Leaves out questions and suppositions. */
export function clausesOf(sentence: Sentence): readonly Clause[] {
  if (hypotheses.has(sentence[0]?.lower ?? "")) return [];
  const spans = clauseSpansOf(sentence);
  const isQuestion = sentence.findLast(({ text }) => /[?.!]/.test(text))?.text.includes("?") ?? false;
  return (isQuestion ? spans.slice(0, -1) : spans).flatMap(({ from, to, subject, preamble }): Clause[] => {
    const tokens = sentence.slice(from, to);
    if (subject === null) {
      const turned = invertClause(sentence.slice(listStart(sentence, from), to));
      return turned.length > 0 || preamble !== null || from > 0 ? turned : relationClause(tokens);
    }
    if (isPurposeOrMeasure(sentence, from, subject.verbAt)) return [];
    const before = preamble === null ? [] : sentence.slice(preamble.from, preamble.to);
    return [{ kind: subject.kind, verbAt: subject.verbAt - from, tokens, preamble: before }];
  });
}
