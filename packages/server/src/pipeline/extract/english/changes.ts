// Clauses that say that something has changed, in words that the other rules do not read: "Crete is off", "back to one coffee a
// day". Alone they say too little, so they are stored only if they end a fact.
import { isPast, modals, thirdPersonOf } from "../../statement/verb-forms.ts";
import { relatives } from "../../statement/topic-words.ts";
import { alternatives, wordSet } from "../../word-lists.ts";
import { toPlainEnglish } from "./plain-english.ts";

/** Words of an ending or a change. */
const sign = new RegExp(
  `\\b${alternatives(`
    quit(?:ting)? stopped stopping left leaving lost sold selling dropped ditched cancell?ed ended finished completed closed deleted uninstalled scrap(?:ped)? binned
    abandoned returned donated wrecked crashed totall?ed dumped divorced outgrew outgrown rehomed gave given got_rid getting_rid traded swapped switched changed moved
    migrated ported replaced upgraded downgraded converted renamed rebranded promoted demoted retired graduated qualified resigned notice redundant fired laid_off
    paid cleared wound_up shut packed jacked chucked threw thrown cut chopped shaved kicked swore came_off went_off gone off over gone died dead passed broke broken
    split separated postponed pushed rescheduled unsubscribed parted goodbye tore hung nicked stolen expired discontinued overtaken overtook taken_over
    arrived born engaged married no_longer no_more anymore any_more now nowadays these_days back instead since new down_to up_to off_to done_with finally turned
    wrapped called_off fell_through fallen bust healed recovered settled teetotal sober allowed can actually meant
  `)}\\b`,
  "i",
);
/** What is only wished, planned, feared, asked or told about others than those in it. */
const unsure =
  /\b(?:if|would(?! not)|wouldn't you|might|may|could|should|wish|hope|hoping|want|wants|wanna|thinking|considering|considered|nearly|almost|maybe|perhaps|planning|gonna|going to|will|imagine|dream|dreamt|dreamed|tempted|wonder|wondering|worried|scared|afraid|about to|used to|novel|story|book says|character|movie|film|episode|song|lyrics|said|says|told|asked|apparently|rumou?r|what|how|why|who|where|which|when|does|did|let's|lets)\b|["“”«»]/i;

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
  "no_more no_longer done_with finished_with back_(?:to|on|in|at|with) down_to up_to off_(?:to|the) over_to onto through_with not_(?:in|at|with|on) free_(?:of|from) out_of can_not can never_again",
);
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
  if (!sign.test(line)) return [];
  const found: string[] = [];
  let antecedent: string | null = null;
  for (const sentence of toPlainEnglish(line).split(/(?<=[.!?…]) |\n|(?<=!)(?=\p{L})/u)) {
    /** Whether a clause before is about somebody else, who is then the subject of the next. */
    let isOfAnother = false;
    if (!/[?]/.test(sentence) && sign.test(sentence))
      for (const clause of sentence.split(/[,;:]+ |[.!…]+| (?:and|but|so) (?=(?:i|we|my|our|the|now|it|he|she|they|\p{Lu}\p{L}*|\p{L}+ed)\b)| because /iu).slice(0, mostClauses)) {
        const text = changeIn(clause.trim(), antecedent);
        if (text !== null && !(isOfAnother && isWithoutSubject(clause))) found.push(text);
        isOfAnother ||= aboutAnother.test(clause);
      }
    antecedent = [...sentence.matchAll(person)].map(([, related, name]) => (related === undefined ? name! : `User's ${related}`)).at(-1) ?? antecedent;
  }
  return found;
}

const aboutAnother = new RegExp(
  `^(?:${markersAtStart.source.slice(1)})?(?:(?:my|our|the) (?:\\p{L}+ )?(?:${relatives}|friend|mate|boss|manager|neighbou?rs?|colleague|cousin)\\b|he\\b|she\\b|they\\b|\\p{Lu}\\p{Ll}+(?:'s| is| has| just| was)\\b)`,
  "u",
);
const isWithoutSubject = (clause: string) =>
  isPast(clause.trim().replace(markersAtStart, "").toLowerCase().split(" ", 1)[0] ?? "") === true;

function changeIn(clause: string, antecedent: string | null): string | null {
  const said = clause.replace(markersAtStart, "").replace(/^(?:it is|there is|there are) (?=no\b)/i, "").trim();
  const length = said.split(" ").length;
  if (length < 2 || length > mostWords || !sign.test(clause) || unsure.test(said)) return null;
  const counted = count.exec(said.toLowerCase())?.[1];
  if (counted !== undefined) return `User has ${counted} now.`;
  const own = /^(?:i|we) (?:both |all |just |finally |recently |have |had |now |already |actually )*(\p{L}+)/iu.exec(said);
  if (own !== null) return asUser(said);
  if (/^(?:my|our) /i.test(said)) return `User's ${inThirdPerson(said.replace(/^\S+ /, ""))}.`;
  if (pronoun.test(said)) {
    return antecedent === null || /^it /i.test(said) ? null : `${antecedent} ${inThirdPerson(said.replace(/^\S+ /, "").replace(/^(?:are|were)\b/, "is").replace(/^have\b/, "has"))}.`;
  }
  const [first = ""] = said.toLowerCase().split(" ", 1);
  if (new RegExp(`^${withoutSubject}\\b`, "i").test(said))
    return `User ${/^(?:no more|back|down|up|off|over|onto|done|finished|through|not|free|out)\b/i.test(said) ? said.replace(/^no more\b/i, "has no more").replace(/^(?=(?:back|down|up|off|over|onto|done|finished|through|not|free|out)\b)/i, "is ").replace(/^is (\w+)/, (_, word: string) => `is ${word.toLowerCase()}`) : inThirdPerson(said.charAt(0).toLowerCase() + said.slice(1))}.`.replace(/their notice/, "their notice");
  if (unclearStart.test(said) || otherSubjects.has(first)) return null;
  if (isPast(first) === true && first !== "was" && first !== "were" && first !== "had")
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
