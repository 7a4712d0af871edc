import type { PartOfSpeech } from "wink-nlp";
import { wordSet } from "../../word-lists.ts";
import type { Sentence } from "./reader.ts";
import { segmentsOf, type Segment } from "./segments.ts";
import { isVerb, subjectAt, type Subject } from "./subject.ts";

interface Span {
  readonly from: number;
  readonly to: number;
}

/** The words of a sentence from one subject up to the next. */
export interface ClauseSpan extends Span {
  /** `null` if the subject is not I, we, my or our. */
  readonly subject: Subject | null;
  /** The words of time or place before the subject: "On Sundays", "When I was young". */
  readonly preamble: Span | null;
}

/** Words before a clause that add nothing to it. */
const openers = wordSet(`
  yes yeah yep yup no nope nah oh ah aw wow well hi hello hey hiya actually honestly then also haha lol ok okay sure
  anyway btw though really cool nice great hmm um now too personally basically because
`);

/** Words that begin a preamble. */
const preambleOpeners = wordSet(`
  when while since although though after before once as until in on at for during every each last this next over
  throughout currently nowadays lately recently sometimes usually often these today yesterday tomorrow tonight growing
  with as by from within without despite due someday
`);
const subordinators = wordSet("when while since although though after before once as until");

/** A segment that begins with one of these words stays with the clause before, because it is about a person in that clause. */
const sameTopicPronouns = wordSet("he she his her");

/** A segment that begins with one of these words is not about the user, so it ends the clause before. */
const offTopicOpeners = wordSet(`
  it that this you there these those they what how why where when which do does did are is can could would will thanks
  thank me let any anyone please pls plz stop ignore sorry lol
`);
const timeNoun =
  /^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|(?:week|work)days?|weekends?|mornings?|evenings?|nights?|afternoons?|summers?|winters?|weeks?|months?)$/;
const beforeTime = new Set<PartOfSpeech>(["ADJ", "ADV", "DET", "NUM", "NOUN", "PROPN"]);
const longestTime = 4;
const endsOfNoun = wordSet("who whom that which whose to than");
const longestNounPhrase = 6;

/**
 * Cuts a sentence before each new subject. A segment without a subject stays with the clause before, unless it is a preamble or is
 * about something else.
 */
export function clauseSpansOf(sentence: Sentence): readonly ClauseSpan[] {
  const spans: ClauseSpan[] = [];
  let preamble: Span | null = null;
  for (const segment of segmentsOf(sentence)) {
    const from = skipOpeners(sentence, segment);
    const { to } = segment;
    const current = spans.at(-1);
    if (current?.subject != null && from <= current.subject.verbAt) {
      spans[spans.length - 1] = { ...current, to }; // "my dog, Rex, is …", "my mom and dad live …"
      continue;
    }
    const mayBegin = current === undefined || segment.isJoined;
    const subject = subjectAt(sentence, from);
    const inner = subject === null && mayBegin ? subjectAfterPreamble(sentence, { from, to }) : null;
    if (subject !== null) {
      spans.push({ from, to, subject, preamble: ownPreamble(sentence, preamble) });
      preamble = null;
    } else if (inner !== null) {
      spans.push({ ...inner, to, preamble: ownPreamble(sentence, { from, to: inner.from }) });
    } else if (preamble !== null) {
      preamble = { from: preamble.from, to };
    } else if (
      mayBegin &&
      (preambleOpeners.has(sentence[from]?.lower ?? "") || namesTime(sentence.slice(from, to), to - from))
    ) {
      preamble = { from, to };
    } else if (
      current === undefined ||
      // "… so any tips are welcome": a separate sentence begins after "so".
      sentence[segment.from - 1]?.lower === "so" ||
      beginsOther(sentence, { from, to })
    ) {
      spans.push({ from, to, subject: null, preamble });
    } else {
      spans[spans.length - 1] = { ...current, to };
    }
  }
  return spans;
}

/** The preamble if it belongs to the clause, else null. "Last week was wild, …" is a separate clause. */
function ownPreamble(sentence: Sentence, preamble: Span | null): Span | null {
  if (preamble === null) return null;
  const words = sentence.slice(preamble.from, preamble.to);
  const [first, second] = words.map(({ lower }) => lower);
  if (first === "as" && second === "for") return null;
  const isClause = words.some(({ tag, lower }) => tag === "AUX" && lower !== "being");
  if (isClause && !subordinators.has(first ?? "")) return null;
  const isOfTalk = words.some(({ lower }) =>
    /^(?:chat|talk|spoke|speak|met|message|conversation|meantime)/.test(lower),
  );
  return isOfTalk ? null : preamble;
}

function skipOpeners(sentence: Sentence, { from, to }: Segment): number {
  let at = from;
  while (
    at < to &&
    (openers.has(sentence[at]!.lower) || sentence[at]!.tag === "INTJ" || isBeforeSubject(sentence, at))
  )
    at += 1;
  return at;
}

/** "Generally I …", "all my notes …" */
function isBeforeSubject(sentence: Sentence, at: number): boolean {
  const { tag, lower } = sentence[at]!;
  const next = sentence[at + 1]?.lower ?? "";
  if (lower === "all" || lower === "both") return at === 0 && (next === "my" || next === "our");
  return tag === "ADV" && !preambleOpeners.has(lower) && /^(?:i|we|my|our)$/.test(next);
}

/** Finds the subject after a preamble without a comma: "On Sundays I hike", "When I was young I lived …". */
function subjectAfterPreamble(sentence: Sentence, { from, to }: Span) {
  const words = sentence.slice(from, to);
  const first = words[0]?.lower ?? "";
  const isAgo = words.slice(0, 5).some(({ lower }) => lower === "ago");
  const isOneDay = first === "one" && words[1]?.lower === "day";
  if (!preambleOpeners.has(first) && !isAgo && !isOneDay && !namesTime(words)) return null;
  // Skips an "I" or "we" after a second subordinator, because it belongs to the preamble: "As soon as I start".
  const positions = words.flatMap(({ lower }, index) =>
    (lower === "i" || lower === "we") &&
    index > 0 &&
    !(index > 1 && subordinators.has(words[index - 1]!.lower))
      ? [from + index]
      : [],
  );
  const at = positions[subordinators.has(first) && words[1]?.tag === "PRON" ? 1 : 0];
  const subject = at === undefined ? null : subjectAt(sentence, at);
  return at === undefined || subject === null ? null : { from: at, subject };
}

/**
 * Whether these words begin with a time: "Saturdays", "two evenings a week", "starting this week". Looks at the first `length` words.
 * False if `length` is more than `longestTime`.
 */
function namesTime(words: Sentence, length = longestTime): boolean {
  const at = words.slice(0, length).findIndex(({ lower }) => timeNoun.test(lower));
  if (/^(?:later|earlier|before|after)$/.test(words[at + 1]?.lower ?? "")) return false;
  return (
    at !== -1 &&
    length <= longestTime &&
    words
      .slice(0, at)
      .every(({ tag, lower }) => beforeTime.has(tag) || /^(?:starting|about|around)$/.test(lower))
  );
}

/** Whether another subject begins here, which ends the clause before: "… but the weather is bad". */
function beginsOther(sentence: Sentence, { from, to }: Span): boolean {
  const [first, ...others] = sentence.slice(from, Math.min(to, from + longestNounPhrase));
  if (first === undefined || sameTopicPronouns.has(first.lower)) return false;
  if (offTopicOpeners.has(first.lower)) return true;
  // "…, help me with a budget": a request
  if (isVerb(first) && /^(?:me|us)$/.test(others[0]?.lower ?? "")) return true;
  for (const token of others) {
    if (token.tag === "AUX") return true;
    if (endsOfNoun.has(token.lower) || (isVerb(token) && !token.lower.endsWith("ing"))) return false;
  }
  return false;
}
