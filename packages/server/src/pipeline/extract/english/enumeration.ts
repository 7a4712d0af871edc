import { isPast, modals } from "../../statement/verb-forms.ts";
import { alternatives, wordSet } from "../../word-lists.ts";
import type { Clause } from "./clause.ts";
import { isInfinitiveMarker } from "./infinitive.ts";
import { lightWords } from "./light-words.ts";
import { isVerb } from "./subject.ts";
import { verbsLikeNouns } from "./verbs-like-nouns.ts";
import { textOf, type Token } from "./reader.ts";

/** Pairs that mean one thing. */
const fixedPairs = new RegExp(
  `^${alternatives(`
    rock_and_roll mac_and_cheese macaroni_and_cheese fish_and_chips salt_and_pepper bread_and_butter ham_and_eggs
    bacon_and_eggs peanut_butter_and_jelly bed_and_breakfast drum_and_bass arts_and_crafts research_and_development
    black_and_white gin_and_tonic rice_and_beans track_and_field pen_and_paper dungeons_and_dragons rhythm_and_blues
    ups_and_downs odds_and_ends health_and_safety milk_and_honey science_and_technology
  `)}$`,
);

/** The things after one of these words belong together. */
const collective = wordSet(
  "between both mix mixing combine combination mixture together same different among",
);

/** Verbs that mean nothing without the verb after them: "I like to go and see". */
const halfVerbs = wordSet("try go come wait stop sit stay going coming trying sitting staying");

/** Verbs that the model may tag as nouns at the end of a list: "to bake cookies and knit". */
const neverNouns = wordSet("knit crochet sew bake sing write draw sculpt dance jog swim");

/** Words that may precede an element of a list. */
const leading = wordSet("also then even just sometimes often to especially");

type Element = readonly [from: number, to: number];

/** Splits "I like to swim, bake and ski" into one clause for each thing, because each thing may end at another time. */
export function splitEnumeration(clause: Clause): readonly Clause[] {
  const { tokens, verbAt } = clause;
  const elements = elementsOf(clause);
  if (elements === null) return [clause];
  const prefix = tokens.slice(0, elements[0]![0]);
  return elements.map(([from, to]) => {
    const start = from + tokens.slice(from, to).findIndex(({ lower }) => !leading.has(lower));
    const [first, ...others] = tokens.slice(start, to);
    return { ...clause, verbAt, tokens: [...prefix, { ...first!, space: " " as const }, ...others] };
  });
}

/**
 * The positions of the elements of a list; null if there is no list. The first element begins right after the words that all
 * elements share.
 */
function elementsOf({ tokens, verbAt, kind }: Clause): readonly Element[] | null {
  const joints = jointsOf(tokens, verbAt + 1);
  const [first] = joints;
  const last = joints.at(-1);
  if (first === undefined || last === undefined) return null;
  const conjunction = tokens.slice(...last).find(({ tag }) => tag === "CCONJ")?.lower;
  if (conjunction !== "and" && !(conjunction === "or" && isDenied(tokens, verbAt))) return null;
  if (tokens.slice(verbAt, first[0]).some(({ lower }) => collective.has(lower))) return null;
  const rest = joints.map(([, to], index): Element => [to, joints[index + 1]?.[0] ?? tokens.length]);
  if (rest.some(([from, to]) => from >= to)) return null;
  const isCopulaOfMany = kind === "my" && /^(?:are|were)$/.test(tokens[verbAt]!.lower);
  const from =
    infinitiveStart(tokens, verbAt, first[0], rest) ??
    (isCopulaOfMany ? null : nominalStart(tokens, verbAt, first[0], rest));
  return from === null ? null : [[from, first[0]], ...rest];
}

function isDenied(tokens: readonly Token[], verbAt: number): boolean {
  return tokens.slice(0, verbAt + 3).some(({ lower }) => lower === "not" || lower === "never");
}

/** The positions of the commas and conjunctions between elements. A comma and the "and" after it count as one. */
function jointsOf(tokens: readonly Token[], from: number): readonly Element[] {
  const joints: [number, number][] = [];
  for (let at = from; at < tokens.length; at += 1) {
    const { tag, lower } = tokens[at]!;
    if (lower !== "," && lower !== "&" && tag !== "CCONJ") continue;
    const open = joints.at(-1);
    if (open?.[1] === at) open[1] = at + 1;
    else joints.push([at, at + 1]);
  }
  return joints;
}

/** Where a list of verbs begins, as in "I like to …, … and …" or "I can … and …"; null unless each element begins with a verb. */
function infinitiveStart(
  tokens: readonly Token[],
  verbAt: number,
  end: number,
  rest: readonly Element[],
): number | null {
  const marker = tokens.findIndex(
    ({ lower }, at) =>
      at >= verbAt && at < end && (isInfinitiveMarker(tokens, at) || (at === verbAt && modals.has(lower))),
  );
  if (marker === -1) return null;
  const from = tokens[marker + 1]?.lower === "not" ? marker + 2 : marker + 1;
  if (end - from === 1 && halfVerbs.has(tokens[from]!.lower)) return null;
  const isBare = (at: number) => {
    const { tag, lower, inLexicon } = tokens[at]!;
    const isBase = isPast(lower) === false && !/[^s]s$/.test(lower);
    return inLexicon && isBase && (tag === "VERB" || tag === "NOUN" || tag === "AUX");
  };
  const starts = rest.map(([at, to]) => at + firstIndex(tokens.slice(at, to)));
  if (!starts.every(isBare)) return null;
  // A single noun may be another object of the verb before: "to eat pizza and pasta".
  const isLikeVerb = (at: number, index: number) =>
    isVerb(tokens[at]!) ||
    neverNouns.has(tokens[at]!.lower) ||
    verbsLikeNouns.has(tokens[at]!.lower) ||
    rest[index]![1] - at > 1;
  const isSure =
    starts.some((at) => isVerb(tokens[at]!) || neverNouns.has(tokens[at]!.lower)) ||
    end - from === 1 ||
    starts.every((at) => verbsLikeNouns.has(tokens[at]!.lower) && isFollowed(at));
  return starts.every(isLikeVerb) && isSure ? from : null;

  function isFollowed(at: number): boolean {
    return tokens[at + 1] !== undefined && tokens[at + 1]!.tag !== "PUNCT";
  }
}

function firstIndex(tokens: readonly Token[]): number {
  return Math.max(
    0,
    tokens.findIndex(({ lower }) => !leading.has(lower)),
  );
}

type NounClass = "article" | "definite" | "possessive" | "gerund" | "bare" | null;

/** Words that end an element of a list. */
const endsOfThing = wordSet("i we you he she they because if when while although so that which who");

const possessives = wordSet("my their his her");

/** How an element of a list begins; null if it is not a thing. */
function classOf(tokens: readonly Token[], from: number, to: number): NounClass {
  const words = tokens.slice(from, to);
  const [first] = words;
  if (first === undefined) return null;
  if (words.some(({ tag, lower }) => tag === "AUX" || endsOfThing.has(lower))) return null;
  const isGerund = ({ text, tag }: Token) =>
    /^\p{Ll}+ing$/u.test(text) && isPast(text) === null && tag !== "ADJ";
  if (isGerund(first) || (words.length === 2 && isGerund(words[1]!))) return "gerund";
  if (
    words.some(
      ({ tag, lower, text }) =>
        tag === "VERB" && text === lower && (isPast(lower) === false || !/(?:ing|ed)$/.test(lower)),
    )
  )
    return null;
  if (first.text === "The") return "definite";
  if (first.tag === "DET" || first.tag === "NUM") return "article";
  if (possessives.has(first.lower)) return "possessive";
  const isName = first.text !== first.lower;
  if (first.tag === "ADV") return words.length === 1 && !lightWords.has(first.lower) ? "bare" : null;
  return isName || first.tag === "NOUN" || first.tag === "PROPN" || first.tag === "ADJ" ? "bare" : null;
}

/** Where a list of things begins, after the verb or preposition that they share; null if the things are not of the same kind. */
function nominalStart(
  tokens: readonly Token[],
  verbAt: number,
  end: number,
  rest: readonly Element[],
): number | null {
  const classes = rest.map(([from, to]) => classOf(tokens, from + firstIndex(tokens.slice(from, to)), to));
  const [second] = classes;
  if (second === undefined || classes.includes(null)) return null;
  // "I am researching and writing about thoughts and ideas": the second "and" is inside an element.
  const isMixed = classes.some((each) => (each === "gerund") !== (second === "gerund"));
  if (isMixed && tokens[verbAt]!.tag === "AUX") return null;
  // "I am offering mentoring and training": the lessons belong to "offering".
  const isObject = second === "gerund" && end - verbAt > 2 && tokens[end - 1]!.lower.endsWith("ing");
  if (isObject && tokens[verbAt]!.tag === "AUX") return null;
  const starts = startsOf(tokens, verbAt, end);
  const sameKind = starts.find(
    (at) => classOf(tokens, at, end) === second && !hasObjectBefore(at) && !hasPreposition(at),
  );
  // "I am offering workshops and classes": the list does not begin right after "am".
  const isCopula = verbAt + 1 === starts[0] && tokens[verbAt]!.tag === "AUX";
  const from = sameKind ?? (starts.length === 1 && !isCopula && !isOneThing(starts[0]!) ? starts[0]! : null);
  if (from === null || classOf(tokens, from, end) === null) return null;
  const elements: readonly Element[] = [[from, end], ...rest];
  if (!elements.every(([start, stop]) => isWhole(tokens.slice(start, stop)))) return null;
  if (rest.length > 1) return from;
  return isPair(tokens, [from, end], rest[0]!, second) ? from : null;

  /** Whether both words are about one thing, as in "a safe and loving home". */
  function isOneThing(at: number): boolean {
    return /^an?$/.test(tokens[at]!.lower) && second !== "article" && second !== "possessive";
  }

  /** Whether the second thing belongs to a preposition, as in "a house with my grandmother and two rabbits". */
  function hasPreposition(at: number): boolean {
    return (
      second !== "gerund" && tokens.slice(at, end).some(({ tag, lower }) => tag === "ADP" && lower !== "of")
    );
  }

  /** Whether the list belongs to an object before it, as in "I celebrated the day with music and joy". */
  function hasObjectBefore(at: number): boolean {
    // "A concert surrounded by music": the participle belongs to the concert.
    const isParticiple =
      at - 2 > verbAt + 1 && isPast(tokens[at - 2]!.lower) === true && tokens[at - 3]!.tag === "NOUN";
    const isAfterPreposition = tokens[at - 1]?.tag === "ADP" && (!isVerb(tokens[at - 2]!) || isParticiple);
    return (
      isAfterPreposition && tokens.slice(verbAt + 1, at).some(({ tag }) => tag === "NOUN" || tag === "PROPN")
    );
  }
}

/** Whether an element names a thing. In "a safe, inviting place" the first element does not. */
function isWhole(words: readonly Token[]): boolean {
  const last = words.at(-1);
  if (last === undefined || last.lower.endsWith("'s") || last.lower.endsWith("s'")) return false;
  if (words.length > 1 && last.tag === "VERB" && isPast(last.lower) === true) return false;
  const needsNoun = words[0]!.tag === "DET" || words[0]!.tag === "ADJ" || possessives.has(words[0]!.lower);
  const noun = words.findIndex(({ tag }) => tag === "NOUN" || tag === "PROPN");
  const preposition = words.findIndex(({ tag }) => tag === "ADP");
  if (words[0]!.tag === "ADJ" && words.length > 1 && preposition !== -1 && preposition < noun) return false;
  return !needsNoun || words.length === 1 || (noun !== -1 && last.tag !== "ADJ");
}

/** Where the first thing may begin, the shortest thing first. Positions after "of" come last, because "of" is often a part of it. */
function startsOf(tokens: readonly Token[], verbAt: number, end: number): readonly number[] {
  const starts: number[] = [];
  const afterOf: number[] = [];
  for (let at = end - 1; at > verbAt; at -= 1) {
    const before = tokens[at - 1]!;
    const isParticiple = before.tag === "VERB" && at - 1 !== verbAt && before.lower.endsWith("ed");
    if (before.lower === "of") afterOf.push(at);
    else if (before.tag === "ADP" || (before.tag === "PART" && before.lower === "to")) starts.push(at);
    else if (isVerb(before) && !isParticiple) starts.push(at);
    else if (before.tag === "ADV" && at - 2 === verbAt) starts.push(at);
    if (at - 1 <= verbAt) break;
  }
  return [...starts, ...afterOf];
}

/** Whether two things are separate. In "pepperoni and sausage pizza" they are not. */
function isPair(tokens: readonly Token[], one: Element, other: Element, kind: NounClass): boolean {
  if (fixedPairs.test(textOf(tokens.slice(one[0], other[1])).toLowerCase())) return false;
  if (kind !== "bare") return true;
  const first = tokens.slice(...one);
  const second = tokens.slice(...other);
  const isName = (words: readonly Token[]) => words.every(({ text, lower }) => text !== lower);
  if (first.length > 1 && second.length > 1 && isName(first) && isName(second)) return true;
  if (isName(first.slice(0, 1)) || isName(second.slice(0, 1))) return false;
  // A plural is complete without a noun after it: "museums and art galleries".
  const isMany = /[^s]s$/.test(first.at(-1)!.lower);
  return first.length === 1 ? isMany || second.length === 1 : isMany && second.length > 1;
}
