// Splits a statement into subject, predicate and object.
import { renaming, selfName, type PredicateFamily, type Triple } from "@memlane/core/internal";
import { normalFormOf } from "../normalise/normal-form.ts";
import { wordSet } from "../word-lists.ts";
import { beings, pets } from "./topic-words.ts";
import { isPast, modals, thirdPersonOf } from "./verb-forms.ts";
import { withoutFullStop } from "./wordings.ts";

const adverbs = wordSet(
  "also always already finally just now often only really recently still usually currently mostly sometimes actually absolutely truly",
);
/** Adverbs of the present at the end of a statement. */
const timeAdverbs = [
  "right now",
  "now",
  "nowadays",
  "these days",
  "currently",
  "presently",
  "at present",
  "at the moment",
].map((adverb) => adverb.split(" "));
/** Words that need the adverb after them: "from now on", "until now". */
const governors = wordSet("from until till by for since before as than the");
const auxiliaries = wordSet(
  "is are was were has had does did will would can could may might should be been being",
);
const denials = wordSet("not never no");
const copulas = wordSet("is are was were be been being");
const having = wordSet("has have had");
const prepositions = wordSet(
  "at in to for from with on as about of into by near without against up out off down over around after",
);
const articles = wordSet("a an the");
/** Verbs after which "to" and another verb belong to the predicate: "wants to learn Spanish". */
const catenatives = wordSet(
  "wants want likes like loves love plans plan hopes hope needs need tries try intends intend prefers prefer going planning hoping trying used decided hates hate wishes wish",
);
/** Predicates of a statement without an object: "User smokes." */
const doing = wordSet("does did");
/** Verbs in the plain form, as in "Ann and Bob live in Rome" and in predicates of clients. */
const plainVerbs = wordSet(
  "work live like love have prefer own use hate want need know speak study drive play",
);
const naming = wordSet("called named");

/** One predicate for several wordings. */
const predicates: Readonly<Record<string, string>> = {
  "works for": "works at",
  "is working at": "works at",
  "is working for": "works at",
  "is employed at": "works at",
  "is employed by": "works at",
  "started working at": "works at",
  "is working as": "works as",
  "is living in": "lives in",
  "is based in": "lives in",
  "resides in": "lives in",
  "comes from": "is from",
  enjoys: "likes",
  owns: "has",
  "is named": "is called",
  "is now named": renaming,
  "is now known as": renaming,
  "was renamed": renaming,
  "was renamed to": renaming,
  "has been renamed to": renaming,
  "renamed to": renaming,
  "was rebranded as": renaming,
  "rebranded as": renaming,
  "changed its name to": renaming,
};

/** The family of each kind of fact. Any other kind is an activity. */
const families: Readonly<Record<string, PredicateFamily>> = {
  name: "identity",
  age: "identity",
  birthday: "identity",
  contact: "identity",
  identity: "identity",
  ability: "identity",
  home: "location",
  origin: "location",
  job: "employment",
  education: "education",
  relationship: "relationship",
  pet: "relationship",
  health: "health",
  diet: "preference",
  preference: "preference",
  instruction: "preference",
  possession: "possession",
};

const locating =
  /^(?:(?:has|have) )?(?:lives?|lived|resides?|moved|relocated|is (?:from|based|located|moving)|was born)\b/;
const employing = /^(?:(?:has|have) )?(?:works?|worked|is (?:an? )?employed|is working|joined)\b/;

/** The family of a predicate. `factType` is the kind of its statement, if that is known. */
export function familyOf(predicate: string, factType: string | null): PredicateFamily {
  const plain = plainPredicateOf(predicate);
  if (locating.test(plain)) return "location";
  if (employing.test(plain)) return "employment";
  return (factType !== null && Object.hasOwn(families, factType) && families[factType]) || "activity";
}

/** The predicate of a client's fact; the usual one if it says that something has a new name. */
export function givenPredicateOf(predicate: string): string {
  const plain = plainPredicateOf(predicate);
  return Object.hasOwn(predicates, plain) && predicates[plain] === renaming ? renaming : predicate;
}

/** A predicate in lower case, with spaces instead of underscores: `works at` for `works_at`. */
export function plainPredicateOf(predicate: string): string {
  return canonicalOf(predicate.replaceAll("_", " "));
}

/** A name in the form that is compared: in lower case, with single spaces, without an article in front. */
export function canonicalOf(name: string): string {
  const words = normalFormOf(name, "NFKC").toLowerCase().trim().split(/\s+/);
  return (words.length > 1 && articles.has(words[0]!) ? words.slice(1) : words).join(" ");
}

const being = new RegExp(`^${beings}$`, "u");
const isName = (word: string | undefined) => word !== undefined && /^\p{Lu}[\p{L}'-]*,?$/u.test(word);

/** The triple of a statement in the third person. `factType` is its kind. */
export function tripleOf(text: string, factType: string | null): Triple {
  const words = withoutTimeAdverbs(
    withoutFullStop(text)
      .split(/\s+/)
      .filter((word) => word !== ""),
  );
  const { subject, subjectType, prefix, rest } = splitSubject(words);
  const { predicate: raw, object } = splitPredicate(rest);
  const predicateRaw = [...prefix, ...raw].join(" ");
  const plain = predicateRaw.toLowerCase();
  const predicate = Object.hasOwn(predicates, plain) ? predicates[plain]! : predicateRaw;
  return {
    subject,
    predicate,
    object,
    predicateRaw,
    predicateFamily: familyOf(predicate, factType),
    subjectType,
    objectIsLiteral: !isName(object.split(" ", 1)[0]),
    subjectCanonical: canonicalOf(subject),
    objectCanonical: canonicalOf(object),
  };
}

/** The words without "now" and the like at their end, which belong to the tense and not to the object. */
function withoutTimeAdverbs(words: readonly string[]): readonly string[] {
  let end = words.length;
  const isBefore = (adverb: readonly string[]) =>
    adverb.every((word, index) => words[end - adverb.length + index]?.toLowerCase() === word);
  for (let found = timeAdverbs.find(isBefore); found !== undefined; found = timeAdverbs.find(isBefore)) {
    const left = end - found.length;
    if (left < 2 || governors.has(words[left - 1]!.toLowerCase())) break;
    end = left;
  }
  return end === words.length ? words : [...words.slice(0, end - 1), words[end - 1]!.replace(/,$/, "")];
}

interface SplitSubject {
  readonly subject: string;
  readonly subjectType: string;
  /** Words of the predicate that come before its verb: `favorite color` in "User's favorite color is blue". */
  readonly prefix: readonly string[];
  readonly rest: readonly string[];
}

function splitSubject(words: readonly string[]): SplitSubject {
  const [first = "", ...others] = words;
  if (first === "User") return { subject: selfName, subjectType: selfName, prefix: [], rest: others };
  if (first === "User's") {
    const verbAt = findVerb(others);
    const owned = others.slice(0, verbAt);
    const rest = others.slice(verbAt);
    const beingAt = owned.findLastIndex((word) => being.test(word.replace(/(?:'s|,)$/, "")));
    if (beingAt === -1) return { subject: selfName, subjectType: selfName, prefix: owned, rest };
    const names = owned.slice(beingAt + 1);
    const isNamed = names.length > 0 && names.every(isName);
    const subject = (isNamed ? names : owned).join(" ").replace(/,$/, "") || selfName;
    return {
      subject,
      subjectType: new RegExp(`^${pets}$`).test(owned[beingAt]!) ? "animal" : "person",
      prefix: [],
      rest,
    };
  }
  const verbAt = Math.max(1, findVerb(words));
  const subject = words.slice(0, verbAt).join(" ") || "unknown";
  return {
    subject,
    subjectType: words.slice(0, verbAt).every(isName) ? "person" : "unknown",
    prefix: [],
    rest: words.slice(verbAt),
  };
}

/** The most words of a subject. */
const longestSubject = 6;

/** The position of the first word that looks like a verb. The whole text has no verb if it is the number of words. */
function findVerb(words: readonly string[]): number {
  const at = words.slice(0, longestSubject + 1).findIndex((word, index) => {
    const lower = word.toLowerCase();
    if (index === 0 || word !== lower) return false;
    return (
      auxiliaries.has(lower) ||
      modals.has(lower) ||
      isPast(lower) === true ||
      plainVerbs.has(lower) ||
      (/[^s']s$/.test(lower) && !articles.has(lower) && !being.test(lower))
    );
  });
  return at === -1 ? Math.min(1, words.length) : at;
}

/** Splits "is allergic to nuts" into `is allergic to` and `nuts`. The object is never empty. */
function splitPredicate(words: readonly string[]): {
  readonly predicate: readonly string[];
  readonly object: string;
} {
  const lower = words.map((word) => word.toLowerCase());
  let at = 0;
  const skip = (set: ReadonlySet<string>) => {
    while (at < words.length && set.has(lower[at]!)) at += 1;
  };
  skip(adverbs);
  const auxiliaryAt = at;
  while (
    at < words.length &&
    (auxiliaries.has(lower[at]!) ||
      denials.has(lower[at]!) ||
      adverbs.has(lower[at]!) ||
      lower[at] === "longer")
  )
    at += 1;
  const auxiliary = lower.slice(auxiliaryAt, at).findLast((word) => auxiliaries.has(word));
  const next = lower[at];
  const hasOnly = auxiliary !== undefined && having.has(auxiliary) && isPast(next ?? "") === false;
  if (hasOnly) {
    // "has two kids"
  } else if (auxiliary !== undefined && copulas.has(auxiliary) && next !== undefined) {
    if (naming.has(next) || prepositions.has(next)) at += 1;
    // "is allergic to", "is moving to"
    else if (!articles.has(next) && prepositions.has(lower[at + 1] ?? "")) at += 2;
    else if (catenatives.has(next) && lower[at + 1] === "to") at += 3;
    else if (next.endsWith("ing")) at += 1;
  } else if (next !== undefined) {
    at += 1; // the verb
    skip(adverbs);
    if (catenatives.has(next) && lower[at] === "to") at += 2;
    skip(prepositions);
  }
  if (at > 0 && at < words.length)
    return { predicate: words.slice(0, at), object: words.slice(at).join(" ") };
  // "User smokes."
  return {
    predicate: [isPast(lower[auxiliaryAt] ?? "") === true ? "did" : "does"],
    object: words.join(" ") || "exist",
  };
}

/** The sentence of a triple: `User works at Acme.` It is the reverse of `tripleOf`. */
export function sentenceOf({
  subject,
  predicate,
  object,
}: Pick<Triple, "subject" | "predicate" | "object">): string {
  const words = phraseOf(predicate);
  const said = doing.has(words) ? object : `${words} ${object}`;
  if (canonicalOf(subject) !== selfName)
    return `${subject.charAt(0).toUpperCase()}${subject.slice(1)} ${withoutFullStop(said)}.`;
  return `${ofPossession.test(words) ? "User's" : "User"} ${withoutFullStop(said)}.`;
}

/** "favorite color is", but not "is" and not "thinks that it is" */
const ofPossession =
  /^(?!(?:is|are|was|were|has|does|did|will)\b)(?:\p{L}[\p{L}\d-]* ){1,4}(?:is|are|was|were)(?: \p{L}+)?$/u;

/** A predicate as a phrase: `works at` for `work_at`, `WORKS_AT` and `works at`. */
function phraseOf(predicate: string): string {
  const words = predicate.includes(" ") ? predicate : predicate.replaceAll("_", " ").toLowerCase();
  const [verb = "", ...others] = words.split(" ");
  return [plainVerbs.has(verb) ? thirdPersonOf(verb) : verb, ...others].join(" ");
}
