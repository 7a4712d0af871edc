import type { PartOfSpeech } from "wink-nlp";
import { wordSet } from "../../word-lists.ts";
import type { Clause } from "./clause.ts";
import type { Token } from "./reader.ts";
import { isVerb } from "./subject.ts";

const others = wordSet("you your yours yourself yourselves u ur ya us ourselves ours");
const things = wordSet("it its itself");
const people = wordSet("he him his she her hers they them their theirs themselves");
const pointers = wordSet("this these those such both another same here there");
/** What follows a quantity without a noun: "I like some, but …". */
const standsAlone = new Set<PartOfSpeech>(["PUNCT", "ADV", "CCONJ"]);
const quantities = wordSet(
  "one ones two three some any many most all none few several each either neither more",
);

const objectPronouns = wordSet("it him them itself");

/** "This week" is a time and does not refer to what was said before. */
const times = wordSet(
  "morning afternoon evening weekend week month year summer winter spring fall autumn semester time days",
);

/** Nouns that a pronoun rarely refers to. */
const vagueNouns = wordSet("lot lots bit kind sort way time fun thing things day");

/** Words before which a clause can be cut. */
const cuts = wordSet(
  "because when while since although though after before as until if unless than so and but or who which , - – — ; : (",
);

/**
 * Cuts off what refers to something outside the clause: "you", "that", "it" without a noun. Null if nothing would
 * be left.
 */
export function withoutForeignReferences(clause: Clause): Clause | null {
  if (clause.preamble.some((_, at) => isForeign(clause.preamble, at, clause.preamble.length, true)))
    return null;
  const { tokens, verbAt, kind } = clause;
  const at = tokens.findIndex((_, index) => isForeign(tokens, index, verbAt, kind === "my"));
  if (at === -1) return clause;
  const cut = tokens.findLastIndex(({ lower }, index) => index <= at && cuts.has(lower));
  return cut > verbAt + 1 ? { ...clause, tokens: tokens.slice(0, cut) } : null;
}

function isForeign(tokens: readonly Token[], at: number, verbAt: number, subjectIsNoun: boolean): boolean {
  const { lower, text } = tokens[at]!;
  const next = tokens[at + 1];
  if (others.has(lower)) return text !== "US";
  if (things.has(lower)) return !isNamed(tokens, verbAt, at);
  if (people.has(lower)) return !isNamed(tokens, subjectIsNoun ? 0 : verbAt, at);
  if (pointers.has(lower)) return next === undefined || !times.has(next.lower);
  if (lower === "one" && (tokens[at - 1]?.lower === "the" || (next?.tag === "ADP" && next.lower !== "of")))
    return true;
  if (quantities.has(lower) && tokens[at - 1]?.lower !== "of")
    return next === undefined || standsAlone.has(next.tag) || /^(?:named|called)$/.test(next.lower);
  if (lower === "that") return pointsBack(tokens[at - 1], next);
  return false;
}

/** "I love that movie" and "I like that" refer to what was said before. "A dog that barks" does not. */
function pointsBack(previous: Token | undefined, next: Token | undefined): boolean {
  if (next === undefined || next.tag === "PUNCT") return true;
  const isObject = previous?.tag === "VERB" || previous?.tag === "ADP" || previous?.tag === "AUX";
  return isObject && (next.tag === "NOUN" || next.tag === "ADJ" || next.tag === "ADP" || next.tag === "ADV");
}

/** Whether the pronoun can refer to a noun after `from`. */
function isNamed(tokens: readonly Token[], from: number, at: number): boolean {
  const noun = tokens.findLastIndex(
    ({ tag, lower }, index) =>
      index >= from && index < at && (tag === "NOUN" || tag === "PROPN") && !isVague(lower),
  );
  if (noun === -1) return false;
  // In "I play games with them", "them" cannot be the games.
  const previous = tokens[at - 1]!;
  const isObject = objectPronouns.has(tokens[at]!.lower) && (isVerb(previous) || previous.tag === "ADP");
  return !isObject || tokens.slice(noun, at).some(isVerb);
}

function isVague(noun: string): boolean {
  return vagueNouns.has(noun) || noun.endsWith("ing");
}
