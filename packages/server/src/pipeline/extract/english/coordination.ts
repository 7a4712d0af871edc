import { isPast, isSameInThePast, modals } from "../../statement/verb-forms.ts";
import { wordSet } from "../../word-lists.ts";
import type { Clause } from "./clause.ts";
import { isInfinitiveMarker } from "./infinitive.ts";
import type { Token } from "./reader.ts";
import { isVerb } from "./subject.ts";
import { verbsLikeNouns } from "./verbs-like-nouns.ts";

/** After one of these words, a verb has another subject: "a dog who barks and bites". */
const takeOver = wordSet(
  "i we he she it they who which that what how why where because when if while so than let make made help",
);

/** After one of these words comes a participle, which looks like a past form. */
const auxiliaries = wordSet("am is was were have had got get be been");

/** Participles that look like present forms. */
const ambiguousParticiples = wordSet("come become overcome run");

/** The positions of further verbs with the same subject. */
function coordinatedVerbs({ kind, tokens, verbAt }: Clause): readonly number[] {
  const finite = tokens[verbAt];
  if (kind === "my" || finite === undefined || takesBareVerbs(tokens, verbAt)) return [];
  const found: number[] = [];
  let onlyVerbsSoFar = true;
  for (let at = verbAt + 1; at < tokens.length; at += 1) {
    const token = tokens[at]!;
    if (takeOver.has(token.lower) || isInfinitiveMarker(tokens, at)) return found;
    if (isMistakenInfinitive(tokens, at)) return found;
    if (token.tag === "CCONJ" || token.tag === "ADV" || token.lower === ",") continue;
    if (followsJoint(tokens, at) && agreesWithSubject(tokens, at, finite, onlyVerbsSoFar)) found.push(at);
    else onlyVerbsSoFar = false;
  }
  return found;
}

/** Whether the model took the verb of an infinitive for a noun, as in "to showcase local talent and bring …". */
function isMistakenInfinitive(tokens: readonly Token[], at: number): boolean {
  const [to, verb, next, noun] = tokens.slice(at, at + 4);
  if (to?.lower !== "to" || verb?.tag !== "NOUN" || next === undefined) return false;
  return next.lower === "my" || next.lower === "our" || (next.tag === "ADJ" && noun?.tag === "NOUN");
}

/**
 * Splits "I live in Oslo and have a cat" into two clauses. Each becomes a fact, and one may stop being true before the other.
 */
export function splitPredicates(clause: Clause): readonly Clause[] {
  const { kind, tokens, verbAt, preamble } = clause;
  const starts = coordinatedVerbs(clause);
  if (starts.length === 0) return [clause];
  const firstEnd = jointBefore(tokens, starts[0]!);
  return [
    { kind, tokens: tokens.slice(0, firstEnd), verbAt, preamble },
    ...starts.map((at, index): Clause => {
      const next = starts[index + 1];
      const end = next === undefined ? tokens.length : jointBefore(tokens, next);
      const verb: Token = { ...tokens[at]!, space: " " };
      return { kind, tokens: [tokens[0]!, verb, ...tokens.slice(at + 1, end)], verbAt: 1, preamble: [] };
    }),
  ];
}

/** Whether the further verbs have no ending: "I can cook and clean", "I do not drink and smoke". */
function takesBareVerbs(tokens: readonly Token[], verbAt: number): boolean {
  const { lower } = tokens[verbAt]!;
  return modals.has(lower) || ((lower === "do" || lower === "did") && tokens[verbAt + 1]?.lower === "not");
}

function agreesWithSubject(
  tokens: readonly Token[],
  at: number,
  finite: Token,
  onlyVerbsSoFar: boolean,
): boolean {
  const token = tokens[at]!;
  const { lower, tag, text, inLexicon } = token;
  if (lower === "am") return true;
  if (!inLexicon || text !== lower || (lower === "look" && tokens[at + 1]?.lower === "at")) return false;
  const past = isPast(lower);
  if (past === true)
    return (
      isVerb(token) &&
      !auxiliaries.has(finite.lower) &&
      isPast(finite.lower) === true &&
      tokens[at + 1]?.lower !== "by"
    );
  if (past === null || /[^sui]s$/.test(lower)) return false;
  if (isPast(finite.lower) === true && isSameInThePast(lower)) return false;
  if (auxiliaries.has(finite.lower) && ambiguousParticiples.has(lower)) return false;
  if (tag === "VERB") return true;
  if (tag === "AUX") return lower === "have" || lower === "do";
  if (lower === "own") return tokens[at + 1]?.tag === "PRON" || tokens[at + 1]?.tag === "DET";
  return tag === "NOUN" && isVerbMistakenForNoun(tokens, at, onlyVerbsSoFar);
}

function isVerbMistakenForNoun(tokens: readonly Token[], at: number, onlyVerbsSoFar: boolean): boolean {
  if (!verbsLikeNouns.has(tokens[at]!.lower)) return false;
  return onlyVerbsSoFar || tokens[at + 1]?.tag === "ADP" || isBeforeVerb(tokens, at);
}

/** Whether the next element of the list begins with a verb: "hike" is one in "I watch movies, hike, and have game nights". */
function isBeforeVerb(tokens: readonly Token[], at: number): boolean {
  if (tokens[at - 1]?.lower !== "," || tokens[at + 1]?.lower !== ",") return false;
  const last = tokens.slice(at + 2).find(({ tag }) => tag !== "CCONJ");
  return (
    tokens[at + 2]?.tag === "CCONJ" && last !== undefined && isVerb(last) && isPast(last.lower) === false
  );
}

function followsJoint(tokens: readonly Token[], at: number): boolean {
  const joint = tokens[jointBefore(tokens, at)];
  return joint !== undefined && (joint.tag === "CCONJ" || joint.lower === ",");
}

/** Where the "and" or comma before this position begins; the position itself if there is none. */
function jointBefore(tokens: readonly Token[], at: number): number {
  let from = at;
  while (from > 0 && tokens[from - 1]!.tag === "ADV") from -= 1;
  const isJoint = ({ tag, lower }: Token) => tag === "CCONJ" || lower === ",";
  if (from === 0 || !isJoint(tokens[from - 1]!)) return at;
  while (from > 0 && isJoint(tokens[from - 1]!)) from -= 1;
  return from;
}
