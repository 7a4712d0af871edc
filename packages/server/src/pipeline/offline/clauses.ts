import { wordSet } from "../word-set.ts";
import type { Sentence, Token } from "./reader.ts";
import { isVerb, subjectAt, type Subject } from "./subject.ts";

/** A statement in the first person. */
export interface Clause extends Subject {
  /** From the subject on. */
  readonly tokens: readonly Token[];
  /** What stood before it and goes with it, such as "when I was young". */
  readonly preamble: readonly Token[];
}

const conjunctions = wordSet("and but so or yet plus");
const boundaryMarks = wordSet(", ; : - – — -- . ! ? … ... ( )");

/** Words before a statement that add nothing to it. */
const openers = wordSet(`
  yes yeah yep yup no nope nah oh ah aw wow well hi hello hey hiya actually honestly then also plus haha lol ok okay
  sure anyway btw though really cool nice great so and but hmm um now too personally basically
`);

/** Words that begin what may stand before a statement and belong to it. */
const preambleOpeners = wordSet(`
  when while since because although though after before once as until in on at for during every each last this next
  over throughout currently nowadays lately recently sometimes usually often these today yesterday tomorrow tonight
  growing
`);
const subordinators = wordSet("when while since because although though after before once as until");

/** A sentence that begins so imagines something. */
const hypotheses = wordSet("if unless imagine suppose let lets wish perhaps maybe");

/** Subjects of which nothing is remembered. */
const otherSubjects = wordSet(`
  it that this you there these those what how why who where which they we he she do does did are is can could would
  will thanks thank me let
`);

/** Somebody who was just spoken of: what is said of them stays with the clause before. */
const companions = wordSet("he she his her who");

const longestPreamble = 12;

type Group = { readonly from: number; readonly clause: Subject | null; readonly preamble: readonly [number, number] };

/** The statements in the first person that a sentence makes, in order; a question asks and states nothing. */
export function clausesOf(sentence: Sentence): readonly Clause[] {
  if (hypotheses.has(sentence[0]?.lower ?? "")) return [];
  const groups = groupsOf(sentence);
  const asked = sentence.findLast((token) => /[?.!]/.test(token.text))?.text.includes("?") ?? false;
  return (asked ? groups.slice(0, -1) : groups).flatMap((group, index) => {
    const end = groups[index + 1]?.from ?? sentence.length;
    const tokens = withoutTrailingMarks(sentence.slice(group.from, end));
    if (group.clause === null) return invertedClause(tokens);
    const preamble = sentence.slice(...group.preamble);
    return [{ ...group.clause, tokens, verbAt: group.clause.verbAt - group.from, preamble }];
  });
}

/** Cuts a sentence where a new subject takes over; what has no subject of its own stays with the group before. */
function groupsOf(sentence: Sentence): readonly Group[] {
  const groups: Group[] = [];
  for (let at = 0; at < sentence.length; at += 1) {
    const start = skipOpeners(sentence, at);
    if (at > 0 && !isBoundary(sentence[at - 1]!)) continue;
    const group = groupAt(sentence, start) ?? (at === 0 ? otherGroup(at) : null);
    if (group === null) continue;
    groups.push(group);
    at = Math.max(at, group.from);
  }
  return groups;
}

function groupAt(sentence: Sentence, at: number): Group | null {
  const clause = subjectAt(sentence, at);
  if (clause !== null) return { from: at, clause, preamble: [at, at] };
  const first = sentence[at]?.lower ?? "";
  return preambleGroup(sentence, at, first) ?? (beginsOther(sentence, at) ? otherGroup(at) : null);
}

const otherGroup = (from: number): Group => ({ from, clause: null, preamble: [from, from] });

/** "When I was young, I lived …", "On Sundays I hike": the statement begins behind the preamble. */
function preambleGroup(sentence: Sentence, at: number, first: string): Group | null {
  const ago = sentence.slice(at, at + 5).some((token) => token.lower === "ago");
  if (!preambleOpeners.has(first) && !ago) return null;
  let skip = subordinators.has(first) && subjectAhead(sentence, at) ? 1 : 0;
  for (let next = at + 1; next <= at + longestPreamble && next < sentence.length; next += 1) {
    const clause = subjectAt(sentence, next);
    if (clause === null || clause.kind === "my" && !isBoundary(sentence[next - 1]!)) continue;
    if (skip > 0) skip -= 1;
    else return { from: next, clause, preamble: [at, isBoundary(sentence[next - 1]!) ? next - 1 : next] };
  }
  return null;
}
