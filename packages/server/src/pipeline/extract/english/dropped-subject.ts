import { isPast } from "../../statement/verb-forms.ts";
import { wordSet } from "../../word-lists.ts";
import type { Sentence, Token } from "./reader.ts";
import { isVerb } from "./subject.ts";

/** Gerunds with which people begin requests, wishes and remarks. */
const passing = wordSet(`
  looking searching hoping wishing sending seeing asking wondering trying thinking coming getting being having feeling
  speaking talking assuming considering using according regarding following starting beginning including depending meaning
  leaving heading waiting watching reading eating drinking sitting enjoying writing creating making building checking
`);
/** Words after a gerund that refer to what was said before. */
const pointers = wordSet(
  "it that this these those you your what how why him her them here there so well like",
);
const own = wordSet("myself my our");

/** Adds the subject that a note leaves out: "Teaching myself guitar". */
export function withSubject(sentence: Sentence): Sentence {
  if (isPlaceOfUser(sentence))
    return [...subject, { ...sentence[0]!, text: sentence[0]!.lower, space: " " }, ...sentence.slice(1)];
  const first = sentence.findIndex(({ tag }) => tag !== "ADV" && tag !== "INTJ");
  if (sentence.slice(0, first).some(({ lower }) => lower === "just")) return sentence; // it lasts for a moment
  const verb = sentence[first];
  const next = sentence[first + 1];
  if (verb === undefined || next === undefined || first > 1 || pointers.has(next.lower)) return sentence;
  if (!isGerund(verb, next) || (verb.lower === "going" && !isName(sentence[first + 2]))) return sentence;
  const comma = sentence.findIndex(({ lower }, at) => at > first && (lower === "," || lower === ";"));
  const isParticiple =
    comma !== -1 && sentence[comma + 1]?.tag === "PRON" && sentence[comma + 1]!.lower !== "any";
  const end = comma === -1 || isParticiple ? sentence.length : comma;
  if (sentence.slice(first + 1, end).some(isFinite) || sentence[end - 1]!.text === "?") return sentence;
  const adverbs = sentence.slice(0, first).map((token) => ({ ...token, text: token.lower }));
  return [...subject, ...adverbs, { ...verb, text: verb.lower, space: " " }, ...sentence.slice(first + 1)];
}

/** Words of a stay that goes on. "In Python with a loop, how …" is no stay. */
const atPresent = wordSet("this until till today tonight tomorrow now currently");

/** "In Oslo this week for a fair, where do I eat?", "in bed with the flu": no verb follows up to the comma. */
function isPlaceOfUser(sentence: Sentence): boolean {
  const [first, second] = sentence;
  if (first === undefined || second === undefined || !/^(?:in|off|back)$/.test(first.lower)) return false;
  const comma = sentence.findIndex(({ lower }) => lower === "," || lower === ".");
  const place = sentence.slice(0, comma === -1 ? sentence.length : comma);
  const next = comma === -1 ? undefined : sentence[comma + 1];
  const isRequest =
    next === undefined || /^(?:what|where|which|how|any|can|could|is|are|do|please|need)$/.test(next.lower);
  if (!isRequest || place.length < 3 || place.at(-1)!.text === "?" || place.some(isVerb)) return false;
  return (
    /^(?:bed|hospital)$/.test(second.lower) ||
    (isName(second) && place.some(({ lower }) => atPresent.has(lower)))
  );
}

const subject: readonly Token[] = [
  { text: "I", lower: "i", tag: "PRON", space: "", inLexicon: true },
  { text: "am", lower: "am", tag: "AUX", space: " ", inLexicon: true },
];

function isGerund({ lower, tag, inLexicon }: Token, next: Token): boolean {
  if (!inLexicon || !lower.endsWith("ing") || isPast(lower) !== null) return false;
  if (passing.has(lower) && next.lower !== "after") return false;
  return tag === "VERB" || own.has(next.lower) || next.tag === "DET" || next.tag === "NUM";
}

function isName(token: Token | undefined): boolean {
  return token?.tag === "PROPN";
}

/** Whether a verb shows that the gerund before it is its subject: "Working at night is hard". */
function isFinite(token: Token, at: number, rest: readonly Token[]): boolean {
  return isVerb(token) && !token.lower.endsWith("ing") && rest[at - 1]?.lower !== "to";
}
