import { isMostlyPast, isPast, isSameInThePast, thirdPersonOf } from "../../statement/verb-forms.ts";
import type { Clause } from "./clause.ts";
import type { Token } from "./reader.ts";
import { pluralNouns } from "./subject.ts";

const repeated = /^(?:every|always|usually|often|daily|each)$/;
const pastTimes = /^(?:yesterday|ago|last|already|finally|recently|just|(?:19|20)\d\d)$/;

/** Puts the verb of the subject into the third person; null if the verb has an unexpected form. */
export function conjugate(clause: Omit<Clause, "preamble">): readonly Token[] | null {
  const { kind, tokens, verbAt } = clause;
  const finite = tokens[verbAt];
  const past = finite === undefined ? null : isPast(finite.lower);
  if (finite === undefined || past === null) return null;
  if (kind === "my") return past || agreesWithNoun(tokens, verbAt) ? tokens : null;
  if (kind === "we" && finite.lower === "were") return tokens.with(verbAt, { ...finite, text: "was" });
  if (past || readsAsPast(tokens, verbAt)) return tokens;
  const last = endOfCompound(tokens, verbAt);
  return tokens.with(last, { ...tokens[last]!, text: thirdPersonOf(tokens[last]!.lower) });
}

/** The last part of a verb with hyphens: "color-code". */
function endOfCompound(tokens: readonly Token[], verbAt: number): number {
  const [hyphen, part] = tokens.slice(verbAt + 1, verbAt + 3);
  const isCompound = hyphen?.lower === "-" && hyphen.space === "" && part?.space === "";
  return isCompound ? endOfCompound(tokens, verbAt + 2) : verbAt;
}

function readsAsPast(tokens: readonly Token[], verbAt: number): boolean {
  const { lower } = tokens[verbAt]!;
  // "I likes cats" already has the ending.
  if (/[^sui]s$/.test(lower)) return true;
  // "We cut over to Postgres": a deed that happens once
  const happensOnce =
    isSameInThePast(lower) && /^(?:over|out|off|back|down|aside)$/.test(tokens[verbAt + 1]?.lower ?? "");
  if (happensOnce || isMostlyPast(lower)) return !tokens.some((token) => repeated.test(token.lower));
  return isSameInThePast(lower) && tokens.some((token) => pastTimes.test(token.lower));
}

function agreesWithNoun(tokens: readonly Token[], verbAt: number): boolean {
  const verb = tokens[verbAt]!;
  if (verb.tag === "AUX" || /[^sui]s$/.test(verb.lower)) return true;
  const subject = tokens.slice(0, verbAt);
  const noun = subject.findLast(({ tag }) => tag === "NOUN" || tag === "PROPN")?.lower ?? "";
  return noun.endsWith("s") || pluralNouns.has(noun) || subject.some(({ tag }) => tag === "CCONJ");
}
