// Clauses that say that something has changed, in words that the other rules do not read: "Crete is off", "back to one coffee a
// day". Alone they say too little, so they are stored only if they end a fact.
import { endingWords } from "../../statement/ending-words.ts";
import { isPast, isSameInThePast, modals, thirdPersonOf } from "../../statement/verb-forms.ts";
import { relatives } from "../../statement/topic-words.ts";
import { alternatives, wordSet } from "../../word-lists.ts";
import { toPlainEnglish } from "./plain-english.ts";

/** Words of other changes. */
const changeWords = new RegExp(
  `\\b${alternatives(`
    swapped switched changed moved promoted demoted qualified arrived born engaged married now nowadays these_days back since new any_more down_to up_to finally turned again
    settled teetotal sober allowed can actually meant gave given took got joined became upped bumped raised increased reduced lowered pushed rescheduled cut only
    chopped shaved started turns_out after_all anymore from_now_on remote installed correction typo forget scratch fixed repaired healed fully recovered approved granted arrived came_through gone seeing become became found expecting joined grown_on got_on
  `)}\\b`,
);
function saysChange(text: string): boolean {
  const lower = text.toLowerCase();
  return changeWords.test(lower) || endingWords.test(lower);
}

/** A sentence with one of these words says no change: it is a wish, a plan, a fear, a question or a report. */
const unsure =
  /\b(?:if|would(?! not)|wouldn't you|might|(?<!\b(?:in|since|by|until) )may|could|should|wish|hope|hoping|want|wants|wanna|thinking|considering|considered|nearly|almost|maybe|perhaps|planning|gonna|going to|will|imagine|dream|dreamt|dreamed|tempted|wonder|wondering|worried|scared|afraid|about to|used to|novel|(?<!hi)story|book says|character|movie|film|episode|song|lyrics|said|says|told|asked|apparently|rumou?r|what|how|why|who|where|which|when|does(?! not)|did(?! not)|let's|lets)\b|["“”«»]/i;

/** Removed before `unsure` is tested, because a denied fear or wish is a change: "no longer scared of flying". */
const denied =
  /\b(?:no longer|(?:do|does|did|is|am|are|was) not|never)(?: \p{L}+)? (?:scared|afraid|worried|tempted|wants?|hoping|thinking|planning|going to|considering)\b|\b(?:says?|said|told (?:me|us)) (?:that )?(?=(?:i|my|we|it|the)\b)/giu;

/** Words that may begin a clause and add nothing to it. */
const openings =
  /^(?:(?:and|but|so|or|oh|ok|okay|well|btw|fyi|hey|hi|sorry|update|ugh|yay|lol|haha|honestly|sadly|actually|turns out|guess what|finally|anyway|also|then|part|from (?:today|now on)|yeah|yep|nope|no(?! (?:more|longer))|right|just|wow|good news|bad news|in the end|change of plans?|plot twist|typo|correction|scratch that|scrap that|my mistake|my bad|i got it wrong|i was wrong|thankfully|luckily|hooray|omg|big news|hear this|it's official|long story short|funny enough|fun fact|as of (?:today|yesterday|\w+day)|(?:last|this) (?:week|month|year|\w+day)|yesterday|today|now|poor|it turns out|because|since)\b[,:]? ?)+/i;

/** The `openings` after which the clause is news. */
const news =
  /\b(?:now|turns out|update|change of plans?|plot twist|typo|correction|scratch that|scrap that|mistake|wrong|my bad|sorry|actually|big news|good news|bad news|in the end|from (?:today|now on))\b/i;

/** A subject that is another person. */
const otherSubject = new RegExp(
  `^(?:(?:[Mm]y|[Oo]ur|[Tt]he) (?:\\p{L}+ )?(?:${relatives}|friends?|mate|boss|manager|neighbou?rs?|colleague|cousin)\\b|[Hh]e\\b|[Ss]he\\b|[Tt]hey\\b|\\p{Lu}\\p{Ll}+(?:'s| is| has| just| was)\\b)`,
  "u",
);

const articles = /^(?:the|our|my) /i;
const unclearSubject =
  /^(?:i|you|your|it|that|this|these|those|there|here|he|she|they|his|her|their|we|everyone|everybody|someone|people|nobody|something|everything|an?|another|some|any)\b/i;
/** Words after which a clause without a subject is about the user, with the verb that is missing. */
const withoutVerb: readonly (readonly [said: RegExp, verb: string])[] = [
  [/^no more /i, "has no more "],
  [/^(?:have|has) not (?=\p{L})/iu, "has not "],
  [/^(?:forget(?: about)?|scrap|scratch|never mind) (?=(?:the|my|that|\p{L}+)\b)/iu, "gave up "],
  [/^(?=(?:fully|completely|totally|finally|all) (?:recovered|healed|\p{L}+ed)$)/iu, "is "],
  [
    /^(?=(?:back (?:to|on|in|at|with|from)|down to|up to|off (?:to|the)|over to|onto|done with|finished with|through with|not (?:in|at|with|on|\p{L}+ing)|free (?:of|from)|out of)\b)/iu,
    "is ",
  ],
];
const withoutPronoun = /^(?:no longer|can not|can|never again)\b/i;
const count =
  /^(?:only |just |it is |that is |that makes (?:it )?)?((?:an?|one|two|three|four|five|six|seven|eight|nine|ten|\d+) [\p{Ll} -]{2,30}?) now$/u;
/** Verbs after a noun or a name. */
const verbs = wordSet("is are was were has have does do no now just finally starts leaves");
const notSubjects = wordSet("lately today yesterday sorry thanks thank please");
const longestSubject = 5;

const pronoun = /^(?:he|she|they) (?=\p{L})/iu;
const person = /\b(?:my|our) ([\p{Ll}-]+(?: \p{Lu}\p{Ll}+)?)\b|(?<![.!?] |^)\b(\p{Lu}\p{Ll}{2,})\b/gu;

const renamed: Readonly<Record<string, string>> = {
  i: "they",
  me: "them",
  my: "their",
  mine: "theirs",
  myself: "themselves",
  we: "they",
  us: "them",
  our: "their",
  ours: "theirs",
  am: "are",
};
/** "The braces came off today, is that normal?": only the end is a question. */
const finalQuestion =
  /(?:[,;]|\b(?:and|so|but)\b)(?: (?:and|so|but))? (?:is|are|do|does|did|can|could|should|will|would|has|have|what|how|which|who|where|when|why|any)\b[^,;?]{0,200}\?+$/i;
const mostWords = 24;
/** How many clauses of one sentence are read. */
const mostClauses = 12;
const joint =
  /(?<![,;:])[,;:]+ |[.!…]+| (?:and|but|so) (?=(?:i|we|my|our|the|now|it|he|she|they|\p{Lu}\p{L}*|\p{L}+ed)\b)| because /iu;

/**
 * The changes that a line says, in the third person. `isUnread` means that no other rule read anything in the line. Then its whole
 * sentences are read too, not only their clauses.
 */
export function changesIn(line: string, isUnread: boolean): readonly string[] {
  if (!saysChange(line)) return [];
  let antecedent: string | null = null;
  return toPlainEnglish(line)
    .split(/(?<=[.!?…]) |\n|(?<=!)(?=\p{L})/u)
    .map((sentence) => sentence.replace(finalQuestion, ""))
    .flatMap((sentence) => {
      const isRead = !sentence.includes("?") && saysChange(sentence);
      const found = isRead ? changesOf(sentence, antecedent, isUnread) : [];
      antecedent = lastPersonIn(sentence) ?? antecedent;
      return found;
    });
}

/** The changes that the clauses of a sentence say, then the one that the whole sentence says. */
function changesOf(sentence: string, antecedent: string | null, isUnread: boolean): readonly string[] {
  const clauses = clausesIn(sentence);
  const found: string[] = [];
  /** Whether an earlier clause is about another person. Then this person is the subject of a clause without a subject. */
  let isOfAnother = false;
  for (const clause of clauses) {
    if (!(isOfAnother && isPast(firstOf(clause)) === true) && saysChange(clause))
      found.push(...changeIn(clause, antecedent));
    isOfAnother ||= otherSubject.test(clause);
  }
  if (isUnread && found.length > 0 && clauses.length > 1 && !isOfAnother)
    found.push(...changeIn(withoutOpening(sentence), antecedent));
  return found;
}

/** The clauses of a sentence. An opening between commas ("I got it wrong, …") belongs to the next clause. */
function clausesIn(sentence: string): readonly string[] {
  let opening = "";
  return sentence
    .split(joint)
    .slice(0, mostClauses)
    .map((clause) => {
      const rest = withoutOpening(`${opening}${clause}`);
      opening = rest === "" ? `${clause.trim()}, ` : "";
      return rest;
    });
}

/** A clause without its opening. If the opening says that something is new, "now" is added at the end. */
function withoutOpening(clause: string): string {
  const opening = openings.exec(clause)?.[0] ?? "";
  const rest = clause.slice(opening.length).trim();
  return news.test(opening) && !saysChange(rest) && rest !== ""
    ? `${rest.replace(/(?<![.!…])[.!…]+$/, "")} now`
    : rest;
}

function lastPersonIn(sentence: string): string | undefined {
  const [, related, name] = [...sentence.matchAll(person)].at(-1) ?? [];
  return related === undefined ? name : `User's ${related}`;
}

function changeIn(clause: string, antecedent: string | null): readonly string[] {
  const said = clause
    .replace(/^(?:it is|there is|there are) (?=no\b)/i, "")
    .replace(/(?<![.!,;: ])[.!,;: ]+$/, "");
  const words = said.split(" ");
  if (words.length < 2 || words.length > mostWords || unsure.test(said.replaceAll(denied, ""))) return [];
  const counted = count.exec(said.toLowerCase())?.[1];
  if (counted !== undefined) return [`User has ${counted} now.`];
  if (/^(?:i|we) /i.test(said)) return ofUser(said);
  if (/^(?:my|our) /i.test(said)) return [`User's ${inThirdPerson(said.replace(articles, ""))}.`];
  if (pronoun.test(said)) {
    const predicate = said
      .replace(pronoun, "")
      .replace(/^are\b/, "is")
      .replace(/^have\b/, "has");
    return antecedent === null ? [] : [`${antecedent} ${inThirdPerson(predicate)}.`];
  }
  const small = said.charAt(0).toLowerCase() + said.slice(1);
  const verb = withoutVerb.find(([without]) => without.test(said));
  if (verb !== undefined) return [`User ${inThirdPerson(small.replace(...verb))}.`];
  const first = firstOf(said);
  if (withoutPronoun.test(said) || isDeed(first, small)) return [`User ${inThirdPerson(small)}.`];
  if (unclearSubject.test(said) || notSubjects.has(first)) return [];
  const hasVerb = words
    .slice(1, longestSubject + 2)
    .some((word) => verbs.has(word.toLowerCase()) || isPast(word.toLowerCase()) === true);
  if (!hasVerb) return [];
  return articles.test(said) || !/^\p{Lu}(?!\p{Lu}+\b)/u.test(said)
    ? [`User's ${inThirdPerson(said.replace(articles, ""))}.`]
    : [`${inThirdPerson(said)}.`];
}

function firstOf(clause: string): string {
  return clause.toLowerCase().split(" ", 1)[0]!;
}

/** Whether a clause without a subject begins with a deed of the user: "sold the car", "cut out sugar". */
function isDeed(verb: string, clause: string): boolean {
  if (/^(?:was|were|had)$/.test(verb)) return false;
  return isPast(verb) === true || (isSameInThePast(verb) && endingWords.test(clause));
}

/** "We have sold …" as a statement about the user. */
function ofUser(said: string): readonly string[] {
  const [beginning = "", adverbs = "", verb = ""] =
    /^(?:i|we) ((?:(?:both|all|just|finally|recently|now|already|actually|also|really|still|only|no longer) )*)(\p{L}+)/iu.exec(
      said,
    ) ?? [];
  const rest = said.slice(beginning.length);
  const lower = verb.toLowerCase();
  if (lower === "can") return [`User can${inThirdPerson(rest)}.`];
  const past = modals.has(lower) ? null : isPast(lower);
  if (past === null || lower === "") return [];
  const finite = past || isSameInThePast(lower) ? lower.replace(/^were$/, "was") : thirdPersonOf(lower);
  return [`User ${adverbs.replaceAll(/\b(?:both|all) /g, "")}${finite}${inThirdPerson(rest)}.`];
}

function inThirdPerson(said: string): string {
  return said.replaceAll(
    /(?<![\p{L}\p{M}\p{N}_])(?:i|me|my|mine|myself|we|us|our|ours|am)(?![\p{L}\p{M}\p{N}_])/giu,
    (word) => renamed[word.toLowerCase()] ?? word,
  );
}
