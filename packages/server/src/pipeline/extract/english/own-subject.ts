import type { PartOfSpeech } from "wink-nlp";
import { isPast } from "../../statement/verb-forms.ts";
import { wordSet } from "../../word-lists.ts";
import { isOwnThing, isSystemPart } from "./own-things.ts";
import type { Sentence, Token } from "./reader.ts";
import { relationClause } from "./relations.ts";
import { segmentsOf } from "./segments.ts";
import { isVerb } from "./subject.ts";

/** The beginning of a clause, where its subject is. */
const beginning = /(?<=^|[.!?,;] )[\p{L}' -]{1,60}/gu;
const saysWho = /^(?:\p{L}+ ){1,4}(?:is|are) (?:called )?(?:\p{Lu}|[$€£]?\d)/u;

/** Whether a line possibly has such a subject. Only these lines are tagged, because tagging is slow. */
export function mayHaveOwnSubject(line: string): boolean {
  return [...line.matchAll(beginning)].some(({ 0: words, index }) => {
    if (saysWho.test(line.slice(index, index + 80))) return true;
    const lower = words.toLowerCase().split(/[ ']/);
    return lower.some(
      (word, at) => isOwnThing(word) || isSystemPart(word) || isOwnThing(`${word} ${lower[at + 1] ?? ""}`),
    );
  });
}

/** Nouns of which a note without "my" is about the world or the conversation: "Answer is 42". */
const common = wordSet(`
  answer question result error problem issue bug code output input version point capital president king queen time name title date today
  tomorrow reason difference thing example solution temperature weather language translation word sentence topic life love god step part
  section chapter page line number total sum value speed distance formula winner score author director one
`);

const adverbs = wordSet("so and but then also sadly finally btw oh well today yesterday");
const inNoun = new Set<PartOfSpeech>(["ADJ", "NOUN", "PROPN", "NUM"]);
const prepositions = wordSet("of in at on for with to from");
const longestNoun = 4;
const longestAddition = 5;
/** Verbs with which a clause gives an opinion, a wish or a rule. */
const unsure = wordSet(
  "would should could may might must can seems looks sounds feels says said does did do",
);
/**
 * Whether a word shows that a noun without an article is the user's own thing: a number, a time, a name or a change. "Insurance is
 * expensive" is said of all insurances.
 */
const isValue = ({ tag, lower, text }: Token, at: number) =>
  tag === "NUM" ||
  /^\d/.test(text) ||
  (tag === "PROPN" && text !== lower) ||
  (at === 0 && /^(?:on|at|in|with|by|every|back|now|over|off|due)$/.test(lower)) ||
  (isPast(lower) === true && tag === "VERB") ||
  /^(?:gone|broken|done|paid|booked|sold|healed|cancelled|over)$/.test(lower);

/**
 * Writes "my" before the things that a clause says something about if they are certainly the user's: "The boiler broke", "Rent is
 * 900 a month". The other rules read only the first person.
 */
export function withOwnSubject(sentence: Sentence): Sentence {
  const starts = new Set(
    segmentsOf(sentence).flatMap(({ from, to }) => {
      let at = from;
      while (at < to && (adverbs.has(sentence[at]!.lower) || sentence[at]!.tag === "INTJ")) at += 1;
      return isOwnSubject(sentence.slice(at, to)) ? at : [];
    }),
  );
  if (starts.size === 0) return sentence;
  let start = Number.NEGATIVE_INFINITY;
  return sentence.flatMap((token, at): readonly Token[] => {
    if (!starts.has(at)) {
      // The model takes some nouns for verbs.
      const isNoun = token.tag === "VERB" && at - start <= longestNoun && isOwnThing(token.lower);
      return [isNoun ? { ...token, tag: "NOUN" } : token];
    }
    start = at;
    if (token.lower === "the") return [{ ...token, text: "my", lower: "my", tag: "PRON" }];
    const isNormal = token.inLexicon && !/\p{Lu}{2}/u.test(token.text);
    return [
      { text: "my", lower: "my", tag: "PRON", space: token.space, inLexicon: true },
      { ...token, text: isNormal ? token.lower : token.text, space: " " },
    ];
  });
}

function isOwnSubject(clause: readonly Token[]): boolean {
  const [first] = clause;
  if (first === undefined || first.tag === "PRON" || first.tag === "AUX") return false;
  const hasArticle = first.lower === "the";
  const nounAt = hasArticle ? 1 : 0;
  let end = nounAt;
  while (end - nounAt < longestNoun && clause[end] !== undefined && isPartOfNoun(clause, end, nounAt))
    end += 1;
  if (
    end === nounAt ||
    !(isHead(clause, end) || isSystemPart(clause[end - 1]!.lower) || (!hasArticle && isNoted(clause, end)))
  )
    return false;
  const verbAt = verbAfter(clause, end);
  const verb = clause[verbAt];
  if (verb === undefined || unsure.has(verb.lower)) return false;
  const rest = clause.slice(verbAt + 1);
  if (rest.length > 0 && /^(?:you|your|it)$/.test(rest[0]!.lower)) return false;
  // "The bakery is near our house": another one's bakery
  if (relationClause(clause).length > 0) return false;
  if (isSystemPart(clause[end - 1]!.lower))
    return (
      /^(?:on|in|at|called|named|now)$/.test(rest[0]?.lower ?? "") ||
      rest.some(({ tag, text, lower }) => tag === "PROPN" && text !== lower)
    );
  return hasArticle ? rest.length > 0 || isPast(verb.lower) === true : rest.some(isValue);
}

/** Whether a note says who or how much something is: "CTO is Amit", "Lead investor is Ana". */
function isNoted(clause: readonly Token[], end: number): boolean {
  const [first] = clause;
  const head = clause[end - 1]!;
  const verb = clause[end];
  const value = clause[end + 1]?.lower === "called" ? clause[end + 2] : clause[end + 1];
  const isTitle = /^\p{Lu}{2,4}$/u.test(head.text);
  if (verb === undefined || value === undefined || !/^(?:is|are)$/.test(verb.lower)) return false;
  const isNamed = clause[end + 1]!.lower === "called" && head.inLexicon;
  if (!(head.tag === "NOUN" || isTitle || isNamed) || common.has(head.lower) || end > longestNoun)
    return false;
  if (first!.tag === "PROPN" && !isTitle && !first!.inLexicon) return false;
  return (value.tag === "PROPN" && value.text !== value.lower) || value.tag === "NUM";
}

/** Whether the noun that ends here is one of `ownThings`, perhaps of two words. */
function isHead(clause: readonly Token[], end: number): boolean {
  const last = clause[end - 1]!.lower;
  return isOwnThing(last) || isOwnThing(`${clause[end - 2]?.lower ?? ""} ${last}`);
}

function isPartOfNoun(clause: readonly Token[], at: number, from: number): boolean {
  const token = clause[at]!;
  if (token.lower === "-") return at > from && token.space === "";
  if (isOwnThing(token.lower) || isSystemPart(token.lower)) return token.tag !== "AUX";
  return inNoun.has(token.tag);
}

/** The position of the finite verb after the noun and at most one addition to it: "the boiler in the cellar". */
function verbAfter(clause: readonly Token[], end: number): number {
  let at = end;
  if (prepositions.has(clause[at]?.lower ?? "")) {
    const isIn = (token: Token | undefined) => token !== undefined && !isVerb(token) && token.tag !== "PUNCT";
    while (at - end <= longestAddition && isIn(clause[at])) at += 1;
  }
  while (clause[at]?.tag === "ADV") at += 1;
  const verb = clause[at];
  const isFinite = verb !== undefined && isVerb(verb) && !verb.lower.endsWith("ing");
  return isFinite ? at : clause.length;
}
