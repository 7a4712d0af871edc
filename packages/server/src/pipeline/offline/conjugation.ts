import { wordSet } from "../word-set.ts";
import type { Subject } from "./subject.ts";
import type { Token } from "./reader.ts";
import { isPast, isSameInThePast, modals, thirdPersonOf } from "./verb-forms.ts";

interface Predicate extends Subject {
  readonly tokens: readonly Token[];
}

const pastTimes = /^(?:yesterday|ago|last|(?:19|20)\d\d)$/;

/** After these a verb without an ending is no verb of the subject. */
const takeOver = wordSet(
  "to i we he she it they who which that what because when if while so let make made help watch see",
);

/** Participles that look like presents. */
const ambiguousParticiples = wordSet("come become overcome run");

/** Verbs that the model takes for nouns in a list of what somebody does. */
const nounLike = wordSet(
  "work study play volunteer travel cook run walk bike drive coach hike paint dance garden",
);

/** The subjects of which "my …" has many without an s. */
const pluralNouns = wordSet("children people family parents folks");

/** Makes the verbs of the subject agree with a third person; null when its verb is in no form that can. */
export function conjugate({ kind, tokens, verbAt }: Predicate): readonly Token[] | null {
  const finite = tokens[verbAt];
  const past = finite === undefined ? null : isPast(finite.lower);
  if (finite === undefined || past === null) return null;
  if (kind === "my") return past || agreesWithNoun(tokens, verbAt) ? tokens : null;
  const isBare = modals.has(finite.lower) || (finite.lower === "do" && tokens[verbAt + 1]?.lower === "not");
  const coordinated = isBare ? new Set<number>() : coordinatedVerbs(tokens, verbAt, past);
  return tokens.map((token, at) => {
    const isPresent = at === verbAt ? !past && !readsAsPast(tokens, finite) : coordinated.has(at);
    return isPresent ? { ...token, text: thirdPersonOf(token.lower) } : token;
  });
}

function readsAsPast(tokens: readonly Token[], { lower }: Token): boolean {
  // "I likes cats" has its ending already.
  if (/[^s]s$/.test(lower)) return true;
  return isSameInThePast(lower) && tokens.some((token) => pastTimes.test(token.lower));
}

function agreesWithNoun(tokens: readonly Token[], verbAt: number): boolean {
  const verb = tokens[verbAt]!;
  if (verb.tag === "AUX" || /[^s]s$/.test(verb.lower)) return true;
  const subject = tokens.slice(0, verbAt);
  const noun = subject.findLast(({ tag }) => tag === "NOUN" || tag === "PROPN")?.lower ?? "";
  return noun.endsWith("s") || pluralNouns.has(noun) || subject.some(({ tag }) => tag === "CCONJ");
}

/** Where the further verbs of the subject are: "I hike and cook", "I live in Oslo, work as a nurse and have a cat". */
function coordinatedVerbs(tokens: readonly Token[], verbAt: number, past: boolean): ReadonlySet<number> {
  const found = new Set<number>();
  let onlyVerbs = true;
  for (let at = verbAt + 1; at < tokens.length; at += 1) {
    const { lower, tag } = tokens[at]!;
    if (takeOver.has(lower)) return found;
    if (tag === "CCONJ" || tag === "ADV" || lower === ",") continue;
    if (followsJoint(tokens, at) && isBareVerb(tokens, at, verbAt, past, onlyVerbs)) found.add(at);
    else onlyVerbs = false;
  }
  return found;
}

function followsJoint(tokens: readonly Token[], at: number): boolean {
  const previous = tokens.slice(Math.max(0, at - 2), at).findLast(({ tag }) => tag !== "ADV");
  return previous?.tag === "CCONJ" || previous?.lower === ",";
}

function isBareVerb(
  tokens: readonly Token[],
  at: number,
  verbAt: number,
  past: boolean,
  onlyVerbs: boolean,
): boolean {
  const { lower, tag, text, known } = tokens[at]!;
  if (!known || text !== lower || isPast(lower) !== false || /[^s]s$/.test(lower)) return false;
  if (past && isSameInThePast(lower)) return false;
  if (tokens[verbAt]!.lower === "have" && ambiguousParticiples.has(lower)) return false;
  if (tag === "VERB") return true;
  if (tag === "AUX") return lower === "have" || lower === "do";
  if (tag !== "NOUN") return false;
  const next = tokens[at + 1]?.tag;
  if (next === "ADP") return onlyVerbs || nounLike.has(lower);
  return onlyVerbs && (next === undefined || next === "CCONJ" || next === "PUNCT" || next === "ADV");
}
