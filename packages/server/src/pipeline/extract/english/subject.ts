import type { PartOfSpeech } from "wink-nlp";
import { wordSet } from "../../word-lists.ts";
import type { Token } from "./reader.ts";

/** The subject of a clause: the speaker, something of theirs, or the speaker and others. */
export interface Subject {
  readonly kind: "I" | "my" | "we";
  /** The position of its verb. */
  readonly verbAt: number;
}

const subjectKinds = new Map<string, Subject["kind"]>([
  ["i", "I"],
  ["my", "my"],
  ["our", "my"],
  ["we", "we"],
]);
const betweenSubjectAndVerb = wordSet("no longer never both kind sort of even");
const endsOfSubject = wordSet("i you he she it we they who which that what to because when if");

const verbsTaggedAsNouns = wordSet("love like hate work need want study play live visit");

const singularVerbs = wordSet(
  "lives works loves likes hates needs wants plays studies visits runs walks teaches",
);
/** After a noun these are past forms, but the model takes them for adjectives. */
const verbsTaggedAsAdjectives = wordSet("retired married divorced");
const beginsComplement = new Set<PartOfSpeech>(["ADP", "DET", "PRON", "NUM", "PART"]);

/** Plural nouns without an s. */
export const pluralNouns = wordSet("children people family parents folks");

const longestAdverbial = 4;
const longestNounPhrase = 8;

/** Words before "of my": "most of my customers". */
const parts = wordSet("most both half all none");
/** Words that join a thing to the user's thing: "the backend of our app". */
const joining = wordSet("of in on at for behind outside under");
const longestJoined = 5;

/** The first-person subject at this position; null if there is none or no verb follows. */
export function subjectAt(tokens: readonly Token[], at: number): Subject | null {
  const kind = subjectKinds.get(tokens[at]?.lower ?? "");
  if (kind === undefined) {
    const ownAt = ownerAfter(tokens, at);
    const verbAt = ownAt === null ? null : verbAfterNoun(tokens, ownAt);
    return verbAt === null ? null : { kind: "my", verbAt };
  }
  const verbAt = kind === "my" ? verbAfterNoun(tokens, at) : verbAfterPronoun(tokens, at);
  return verbAt === null ? null : { kind, verbAt };
}

/** The position of "my" in "the backend of my app" or "most of my customers"; null if other words begin here. */
function ownerAfter(tokens: readonly Token[], at: number): number | null {
  const first = tokens[at]?.lower ?? "";
  if (first !== "the" && !parts.has(first)) return null;
  const joint = tokens.slice(at + 1, at + longestJoined).findIndex(({ lower }) => joining.has(lower));
  const ownAt = at + joint + 2;
  if (joint === -1 || !/^(?:my|our)$/.test(tokens[ownAt]?.lower ?? "")) return null;
  const things = tokens.slice(at + 1, ownAt - 1);
  const isThing =
    things.length > 0 && things.every(({ tag }) => tag === "NOUN" || tag === "ADJ" || tag === "PROPN");
  return parts.has(first) === (things.length === 0) && (isThing || things.length === 0) ? ownAt : null;
}

function verbAfterPronoun(tokens: readonly Token[], at: number): number | null {
  for (let next = at + 1; next <= at + 1 + longestAdverbial; next += 1) {
    const token = tokens[next];
    if (token === undefined) return null;
    if (isVerb(token) || isVerbAfterPronoun(tokens, next))
      return token.inLexicon || token.lower.endsWith("ed") ? next : null;
    if (token.tag !== "ADV" && !betweenSubjectAndVerb.has(token.lower)) return null;
  }
  return null;
}

function verbAfterNoun(tokens: readonly Token[], at: number): number | null {
  let nouns = 0;
  for (let next = at + 1; next <= at + 1 + longestNounPhrase; next += 1) {
    const token = tokens[next];
    if (token === undefined || endsOfSubject.has(token.lower)) return null;
    if (token.tag === "PUNCT") {
      const name = nameBetweenCommas(tokens, next);
      if (name === null) return null;
      next += name;
      nouns += 1;
    } else if (
      (nouns > 0 || isHeadWithoutNoun(tokens, next)) &&
      (isFiniteVerb(token) || verbsTaggedAsAdjectives.has(token.lower) || isVerbAfterNoun(tokens, next))
    ) {
      return next;
    } else if (token.tag === "NOUN" || token.tag === "PROPN" || token.tag === "VERB") {
      nouns += 1;
    }
  }
  return null;
}

/** The number of tokens after the first comma of ", Rex," in "my dog, Rex, is five". */
function nameBetweenCommas(tokens: readonly Token[], at: number): number | null {
  if (tokens[at]?.lower !== ",") return null;
  const length = tokens.slice(at + 1, at + 7).findIndex(({ lower }) => lower === ",");
  const names = tokens.slice(at + 1, at + 1 + Math.max(0, length));
  const isName = length > 0 && names.every(({ tag }) => tag === "PROPN" || tag === "CCONJ");
  return isName ? length + 1 : null;
}

/** "My eldest got in", "our two are": no noun is before the verb at this position. */
function isHeadWithoutNoun(tokens: readonly Token[], verbAt: number): boolean {
  const { tag, lower } = tokens.slice(0, verbAt).findLast((token) => token.tag !== "ADV") ?? tokens[verbAt]!;
  if (tag !== "ADJ" && tag !== "NUM") return false;
  return tokens[verbAt]!.tag === "AUX" || lower.endsWith("est");
}

function isFiniteVerb(token: Token): boolean {
  return token.tag === "AUX" || (token.tag === "VERB" && !token.lower.endsWith("ing"));
}

/** "We rent a flat", "I also like climbing": after a pronoun the model does not tag some verbs as verbs. */
function isVerbAfterPronoun(tokens: readonly Token[], at: number): boolean {
  const { tag, lower } = tokens[at]!;
  const next = tokens[at + 1];
  if (next === undefined || next.tag === "PUNCT") return false;
  if (verbsTaggedAsNouns.has(lower)) return true;
  // Not a noun beside the pronoun: "we adults need …"
  return (
    tag === "NOUN" && !/[^s]s$/.test(lower) && !isVerb(next) && next.tag !== "NOUN" && next.tag !== "CCONJ"
  );
}

/** "My kids love dinosaurs": after a noun the model takes some verbs for nouns. */
function isVerbAfterNoun(tokens: readonly Token[], at: number): boolean {
  const { lower } = tokens[at]!;
  const next = tokens[at + 1];
  // "My sister lives in Porto": the model takes the verb for a noun.
  if (
    singularVerbs.has(lower) &&
    next !== undefined &&
    (beginsComplement.has(next.tag) || next.tag === "ADV" || tokens[at - 1]!.tag === "PROPN")
  )
    return true;
  const noun = tokens.slice(0, at).findLast(({ tag }) => tag !== "ADV")?.lower ?? "";
  return verbsTaggedAsNouns.has(lower) && (/[^s]s$/.test(noun) || pluralNouns.has(noun));
}

/** Whether the model tags it as a verb. */
export function isVerb(token: Token): boolean {
  return token.tag === "VERB" || token.tag === "AUX";
}
