import type { PartOfSpeech } from "wink-nlp";
import { alternatives } from "../../word-lists.ts";
import { isAboutOther, type Clause } from "./clause.ts";
import { isFeeling } from "./feelings.ts";
import { lightWords } from "./light-words.ts";
import { textOf, type Token } from "./reader.ts";
import { isSmallTalk, isVague } from "./small-talk.ts";

const doubt = /\b(?:maybe|perhaps|probably|possibly|supposedly|not sure)\b/;
/** A duty that may be over tomorrow. What somebody has to avoid, take or wear stays. */
const duty = /^i (?:have|need|got|have got) to\b(?! (?:avoid|use|take|wear|inject|eat|drink)\b)/;
const habit = /\b(?:every|daily|weekly|twice|once a|each|always|regularly|a day|a week)\b/;
/** "My garden keeps me busy three mornings a week" */
const frequency =
  /\b(?:once|twice|two|three|four|five|six|\d+)(?: times| \w+s)? (?:a|per|each|every) (?:day|week|month|year)\b/;
const months = alternatives(
  "january february march april may june july august september october november december",
);
const seasons = alternatives("weekend week month year summer winter spring fall autumn");
const futurity = new RegExp(
  `\\b(?:tomorrow|tonight|next|in (?:${months}|\\d{4})|on \\w+day|this ${seasons})\\b`,
);

/** "I need to renew my passport before March" */
const deadline = new RegExp(
  `\\b(?:by|before|until|on|in) (?:the end of |early |late |mid-?)?(?:${months}|next|\\w+day|tomorrow|the \\d+|\\d)`,
);

/** "I love the people": without the conversation it is unclear which people. */
const pointsAtTheMatter = new RegExp(
  `^i (?:really |also |just )?(?:like|love|enjoy|liked|loved|enjoyed) the (?!${alternatives(`
    beach outdoors city country countryside mountains ocean sea woods forest gym park pool rain snow sun heat cold
    library movies theat(?:er|re) zoo summer winter spring fall autumn holidays olympics internet
  `)}$)\\p{Ll}+$`,
  "u",
);

/** A clause that says only that something goes on as before: "I am still working on my business." */
const goesOn =
  /^(?:i|we) (?:am|are) (?:\w+ )?still (?:working on|looking (?:into|for|at)|figuring|trying|searching|following|chasing|pursuing|hoping|learning|processing|getting)\b/;

/** Characters of code and markup. */
const notProse = /[[\]{}<>=\\|]/;

const contentTags = new Set<PartOfSpeech>(["NOUN", "PROPN", "NUM", "ADJ", "VERB", "ADV", "X", "SYM"]);

/** Whether a clause says something about the speaker that is useful in another conversation. */
export function isWorthKeeping(clause: Clause): boolean {
  const { tokens, verbAt, preamble } = clause;
  if (tokens.some(({ text }) => notProse.test(text)) || isQuoting(tokens)) return false;
  const said = asSaidAlone(`${isAboutOther(clause) ? "my " : ""}${textOf(tokens).toLowerCase()}`);
  const plain = asSaidAlone(textOf(tokens.filter(isPlain)).toLowerCase());
  if (
    isSmallTalk(plain) ||
    (isVague(plain) && (clause.kind === "we" || !tokens.slice(verbAt).some(({ tag }) => tag === "PROPN"))) ||
    /^(?:i|we) (?:very )?(?:nearly|almost) /.test(textOf(tokens).toLowerCase()) ||
    goesOn.test(textOf(tokens).toLowerCase()) ||
    (isFeeling(said) && !frequency.test(said))
  )
    return false;
  const whole = textOf([...preamble, ...tokens]).toLowerCase();
  if (doubt.test(whole) || pointsAtTheMatter.test(whole)) return false;
  if (duty.test(plain) && !habit.test(whole) && !deadline.test(whole)) return false;
  if (/^i will\b/.test(plain) && !futurity.test(whole)) return false;
  // A clause that ends in "to" or an auxiliary is incomplete.
  const last = tokens.at(-1);
  if (last === undefined || last.tag === "AUX" || last.lower === "to") return false;
  if (/\b(?:lives?|living|stays?|staying) with me$/.test(said)) return true;
  return tokens
    .slice(verbAt)
    .some(
      ({ tag, lower, text }) =>
        text === "IT" ||
        (tag === "PROPN" && text !== lower && tokens.length > 3) ||
        (contentTags.has(tag) && !lightWords.has(lower)),
    );
}

/** Turns "We ended up …" into "I ended up …", because the patterns are about one speaker. */
function asSaidAlone(clause: string): string {
  return clause
    .replace(/^we are\b/, "i am")
    .replace(/^we were\b/, "i was")
    .replace(/^we\b/, "i")
    .replace(/^our\b/, "my");
}

function isPlain({ tag, lower }: Token): boolean {
  return tag !== "ADV" || /^(?:never|not|how|rather)$/.test(lower);
}

/** Whether a clause quotes another person, so that "I" is not the speaker. */
function isQuoting(tokens: readonly Token[]): boolean {
  const opening = tokens.findIndex(({ text }) => /["“”«»]/.test(text));
  if (opening === -1) return false;
  const marks = tokens.filter(({ text }) => /["“”«»]/.test(text)).length;
  return marks % 2 === 1 || tokens.slice(opening).some(({ lower }) => lower === "i" || lower === "my");
}
