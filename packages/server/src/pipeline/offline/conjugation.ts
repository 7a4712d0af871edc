import { isPast, isSameInThePast, thirdPersonOf } from "../verb-forms.ts";
import { wordSet } from "../word-set.ts";
import type { Clause } from "./clauses.ts";
import { coordinatedVerbs } from "./coordination.ts";
import type { Token } from "./reader.ts";

const pastTimes = /^(?:yesterday|ago|last|(?:19|20)\d\d)$/;

/** The nouns that are many without an s. */
const pluralNouns = wordSet("children people family parents folks");

/** Makes the verbs of the subject agree with a third person; null when its verb is in no form that can. */
export function conjugate(clause: Omit<Clause, "preamble">): readonly Token[] | null {
  const { kind, tokens, verbAt } = clause;
  const finite = tokens[verbAt];
  const past = finite === undefined ? null : isPast(finite.lower);
  if (finite === undefined || past === null) return null;
  if (kind === "my") return past || agreesWithNoun(tokens, verbAt) ? tokens : null;
  const changing = new Set(coordinatedVerbs(clause).map(({ at }) => at));
  if (!past && !readsAsPast(tokens, finite)) changing.add(verbAt);
  return tokens.map((token, at) =>
    changing.has(at) && isPast(token.lower) === false
      ? { ...token, text: thirdPersonOf(token.lower) }
      : token,
  );
}

function readsAsPast(tokens: readonly Token[], { lower }: Token): boolean {
  // "I likes cats" has its ending already.
  if (/[^sui]s$/.test(lower)) return true;
  return isSameInThePast(lower) && tokens.some((token) => pastTimes.test(token.lower));
}

function agreesWithNoun(tokens: readonly Token[], verbAt: number): boolean {
  const verb = tokens[verbAt]!;
  if (verb.tag === "AUX" || /[^sui]s$/.test(verb.lower)) return true;
  const subject = tokens.slice(0, verbAt);
  const noun = subject.findLast(({ tag }) => tag === "NOUN" || tag === "PROPN")?.lower ?? "";
  return noun.endsWith("s") || pluralNouns.has(noun) || subject.some(({ tag }) => tag === "CCONJ");
}
