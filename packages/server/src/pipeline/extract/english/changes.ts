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
    swapped switched changed moved promoted demoted qualified arrived born engaged married now nowadays these_days back since new down_to up_to finally turned again
    settled teetotal sober allowed can actually meant gave given took got joined became upped bumped raised increased reduced lowered pushed rescheduled cut only
    chopped shaved started turns_out after_all anymore from_now_on remote installed
  `)}\\b`,
);
function saysChange(text: string): boolean {
  const lower = text.toLowerCase();
  return changeWords.test(lower) || endingWords.test(lower);
}

/** What is only wished, planned, feared, asked or told about others than those in it. */
const unsure =
  /\b(?:if|would(?! not)|wouldn't you|might|may|could|should|wish|hope|hoping|want|wants|wanna|thinking|considering|considered|nearly|almost|maybe|perhaps|planning|gonna|going to|will|imagine|dream|dreamt|dreamed|tempted|wonder|wondering|worried|scared|afraid|about to|used to|novel|(?<!hi)story|book says|character|movie|film|episode|song|lyrics|said|says|told|asked|apparently|rumou?r|what|how|why|who|where|which|when|does|did|let's|lets)\b|["“”«»]/i;

const markersAtStart =
  /^(?:(?:and|but|so|or|oh|ok|okay|well|btw|fyi|hey|hi|sorry|update|ugh|yay|lol|haha|honestly|sadly|actually|turns out|guess what|finally|anyway|also|then|yeah|yep|nope|no|right|just|wow|good news|bad news|in the end|as of (?:today|yesterday|\w+day)|(?:last|this) (?:week|month|year|\w+day)|yesterday|today|now|poor|it turns out|because|since)\b[,:]? ?)+/i;

const articles = "(?:the|our|my)";
/** What is said of a thing that is the subject. */
const beings = alternatives(`
  is are was were has have had got died passed went came fell ran broke left moved quit retired changed switched ended arrived turned closed folded expired sold stopped
  finished graduated started shut gave lost no_longer just finally now
`);
const thing = new RegExp(`^(?:${articles} )?((?:[\\p{L}\\p{N}+&.'-]+ ){1,5}?)(${beings})\\b`, "iu");
const person = /\b(?:my|our) ([\p{Ll}-]+(?: \p{Lu}\p{Ll}+)?)\b|(?<![.!?] |^)\b(\p{Lu}\p{Ll}{2,})\b/gu;
const pronoun = /^(?:he|she|they|it) (?=is|are|has|have|was|were|\p{L}+ed\b|left|quit|got|went|does|do|no longer|lives|works)/iu;

const unclearStart = /^(?:i|you|your|it|that|this|these|those|there|here|he|she|they|his|her|their|we|everyone|everybody|someone|people|nobody|something|everything)\b/i;
const withoutSubject = alternatives(
  "no_more no_longer not_\\p{L}+ing done_with finished_with back_(?:to|on|in|at|with) down_to up_to off_(?:to|the) over_to onto through_with not_(?:in|at|with|on) free_(?:of|from) out_of can_not can never_again",
);
const startWithoutSubject = new RegExp(`^${withoutSubject}\\b`, "iu");
const count = /^(?:only |just |it is |that is |that makes (?:it )?)?((?:an?|one|two|three|four|five|six|seven|eight|nine|ten|\d+) [\p{Ll} -]{2,30}?) now$/u;

const pronouns: Readonly<Record<string, string>> = {
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
const otherSubjects = wordSet("lately today yesterday sorry thanks thank please");
const mostWords = 24;
const mostClauses = 12;

/** The changes that a line says, in the third person. */
export function changesIn(line: string): readonly string[] {
  if (!saysChange(line)) return [];
  const found: string[] = [];
  let antecedent: string | null = null;
  for (const sentence of toPlainEnglish(line).split(/(?<=[.!?…]) |\n|(?<=!)(?=\p{L})/u)) {
    /** Whether a clause before is about somebody else, who is then the subject of the next. */
    let isOfAnother = false;
    if (!/[?]/.test(sentence) && saysChange(sentence))
      for (const clause of sentence.split(/[,;:]+ |[.!…]+| (?:and|but|so) (?=(?:i|we|my|our|the|now|it|he|she|they|\p{Lu}\p{L}*|\p{L}+ed)\b)| because /iu).slice(0, mostClauses)) {
        const text = changeIn(clause.trim(), antecedent);
        if (text !== null && !(isOfAnother && isWithoutSubject(clause))) found.push(text);
        isOfAnother ||= isAboutAnother(clause);
      }
    antecedent = [...sentence.matchAll(person)].map(([, related, name]) => (related === undefined ? name! : `User's ${related}`)).at(-1) ?? antecedent;
  }
  return found;
}

const otherSubject = new RegExp(
  `^(?:(?:[Mm]y|[Oo]ur|[Tt]he) (?:\\p{L}+ )?(?:${relatives}|friends?|mate|boss|manager|neighbou?rs?|colleague|cousin)\\b|[Hh]e\\b|[Ss]he\\b|[Tt]hey\\b|\\p{Lu}\\p{Ll}+(?:'s| is| has| just| was)\\b)`,
  "u",
);
const isAboutAnother = (clause: string) => otherSubject.test(clause.trim().replace(markersAtStart, ""));
const isWithoutSubject = (clause: string) =>
  isPast(clause.trim().replace(markersAtStart, "").toLowerCase().split(" ", 1)[0] ?? "") === true;

function changeIn(clause: string, antecedent: string | null): string | null {
  const said = clause.replace(/^part[- ]/i, "").replace(markersAtStart, "").replace(/^(?:it is|there is|there are) (?=no\b)/i, "").trim();
  const length = said.split(" ").length;
  if (length < 2 || length > mostWords || !saysChange(clause) || unsure.test(said)) return null;
  const counted = count.exec(said.toLowerCase())?.[1];
  if (counted !== undefined) return `User has ${counted} now.`;
  const own = /^(?:i|we) (?:both |all |just |finally |recently |have |had |now |already |actually )*(\p{L}+)/iu.exec(said);
  if (own !== null) return asUser(said);
  if (/^(?:my|our) /i.test(said)) return `User's ${inThirdPerson(said.replace(/^\S+ /, ""))}.`;
  if (pronoun.test(said)) {
    return antecedent === null || /^it /i.test(said) ? null : `${antecedent} ${inThirdPerson(said.replace(/^\S+ /, "").replace(/^(?:are|were)\b/, "is").replace(/^have\b/, "has"))}.`;
  }
  const [first = ""] = said.toLowerCase().split(" ", 1);
  if (startWithoutSubject.test(said))
    return `User ${/^(?:no more|back|down|up|off|over|onto|done|finished|through|not|free|out)\b/i.test(said) ? said.replace(/^no more\b/i, "has no more").replace(/^(?=(?:back|down|up|off|over|onto|done|finished|through|not|free|out)\b)/i, "is ").replace(/^is (\w+)/, (_, word: string) => `is ${word.toLowerCase()}`) : inThirdPerson(said.charAt(0).toLowerCase() + said.slice(1))}.`.replace(/their notice/, "their notice");
  if (unclearStart.test(said) || otherSubjects.has(first)) return null;
  if ((isPast(first) === true || (isSameInThePast(first) && endingWords.test(said.toLowerCase()))) && first !== "was" && first !== "were" && first !== "had")
    return `User ${inThirdPerson(said.charAt(0).toLowerCase() + said.slice(1))}.`;
  const subject = thing.exec(said);
  if (subject === null) return null;
  return /^(?:the|our|my) /i.test(said) || !/^\p{Lu}/u.test(said)
    ? `User's ${inThirdPerson(said.replace(/^(?:the|our|my) /i, ""))}.`
    : `${inThirdPerson(said)}.`;
}

/** "I have sold …" and "we sold …" as a statement about the user. */
function asUser(said: string): string | null {
  const [, adverbs = "", verb = "", rest = ""] =
    /^(?:i|we) ((?:both |all |just |finally |recently |now |already |actually |also |no longer )*)(\p{L}+)(.*)$/iu.exec(said) ?? [];
  const lower = verb.toLowerCase();
  if (lower === "" || modals.has(lower)) return lower === "can" ? `User can${inThirdPerson(rest)}.` : null;
  const past = isPast(lower);
  if (past === null) return null;
  const finite = past ? (lower === "were" ? "was" : lower) : thirdPersonOf(lower);
  return `User ${adverbs.replace(/\b(?:both|all) /g, "")}${finite}${inThirdPerson(rest)}.`;
}

function inThirdPerson(said: string): string {
  return said.replaceAll(/\b(?:i|me|my|mine|myself|we|us|our|ours|am)\b/giu, (word) => pronouns[word.toLowerCase()] ?? word).replace(/[.!,;: ]+$/, "");
}
