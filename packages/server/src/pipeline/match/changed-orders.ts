// Wishes of the user for how the assistant answers. The newer wish about one aspect, such as the length of answers, replaces the
// older one: "long explanations, please" after "keep it short".
import { inLowerCase } from "../statement/wordings.ts";
import { alternatives, wordSet } from "../word-lists.ts";
import { keysOf } from "./endings.ts";
import type { Update } from "./updates.ts";

/** What an answer has, each with words of which one replaces the other. */
const aspects: ReadonlyMap<string, RegExp> = new Map(
  Object.entries({
    length:
      "short shorter brief briefly concise concisely terse succinct long longer lengthy detailed thorough in-depth detail sentences? words max one_sentence essays? tl;?dr bullets? elaborate full_explanations? to_the_point",
    emojis: "emojis? smileys? emoticons?",
    language:
      "(?:in|to) (?:english|german|french|spanish|italian|portuguese|dutch|swedish|norwegian|danish|polish|russian|ukrainian|turkish|arabic|japanese|chinese|mandarin|korean|hindi|urdu|greek|czech|hungarian|romanian|finnish|welsh|irish|catalan|tagalog|swahili)".replaceAll(
        " ",
        "_",
      ),
    tone: "formal formally informal informally casual casually slang tone polite blunt direct friendly professional jokes? humou?r sarcas\\w+ swear\\w* banter",
    format:
      "bullet_points? bullets? lists? tables? markdown plain_text prose paragraphs? headings? headers? numbered bold",
    distance: "miles kilomet(?:er|re)s? km metric imperial",
    temperature: "celsius fahrenheit centigrade",
    weight: "kilos? kg pounds lbs ounces grams",
    currency: "dollars? euros? pounds_sterling gbp usd eur rupees",
    spelling: "british american spelling",
    time: "24-hour 24h 12-hour am/pm",
    comments: "comments? commented",
    name: "call_(?:them|user) be_called address_(?:them|user) name",
    explanations:
      "explain\\w* explanations? commentary step_by_step walk_\\w+_through just_the_(?:code|answer|fix\\w*|result)",
  }).map(([name, words]) => [name, new RegExp(`(?<![\\p{L}-])${alternatives(words)}(?![\\p{L}])`, "u")]),
);

const isWish =
  /^user (?:now |always )?(?:wants?|prefers?|does not want|no longer wants|likes?|does not like|would rather|asked|hates?|does not need|no longer needs)\b/u;
/** Says that a wish is about the assistant, and not, for example, about long walks. */
const isOfAnswers =
  /\b(?:the assistant|answers?|answering|repl(?:y|ies)|responses?|explanations?|code|its? (?:tone|language)|emojis?|bullet points|texts|messages|summar(?:y|ies)|temperatures|distances)\b/u;
/** A wish for one answer or on one condition. It ends no wish for all answers. */
const isForOnce =
  /\b(?:this time|for (?:this|that|the|their|an?|once)\b|just now|today|tonight|in (?:this|that|the) (?:letter|email|mail|text|answer|reply|one|case)|when|if|while|except|unless|for now|cover letter)\b/u;

const order =
  /^user (?<not>does not want|no longer wants|does not like|does not need|hates)? ?(?:(?:wants?|likes it when|likes?|prefers?) )?(?:the assistant (?:to )?(?<stop>stop|avoid|not|no longer|never)? ?)?(?<deed>.+)$/u;
const fillers = wordSet(
  "user want th assistant to us use using always never answer reply repli write writ respond respons in with their them they my a an the it its and or for any every all not do when no",
);

/** Words of which each wish, or the user's name, has one. In plain form. */
const commonWords = keysOf("assistant answer reply explanation emoji name");

/** A wish in parts. */
interface Order {
  readonly isForbidden: boolean;
  /** Its main words, in plain form. */
  readonly words: readonly string[];
  readonly aspects: readonly string[];
  readonly text: string;
}

/** The wish that this one replaces; null if it is no wish about answers. */
export function orderChangeIn(text: string): Update | null {
  const said = orderIn(inLowerCase(text));
  if (said === null || said.words.length === 0) return null;
  return {
    keys: [...said.words, ...commonWords],
    replaces: (earlier) => {
      const known = orderIn(earlier);
      if (known === null)
        return isNameIn(earlier) && said.aspects.includes("name") && replacesName(said, earlier);
      if (known.words.length === 0) return false;
      if (known.isForbidden !== said.isForbidden && includesAll(known.words, said.words)) return true;
      if (isForOnce.test(said.text) || isForOnce.test(known.text)) return false;
      return said.aspects.some((aspect) => known.aspects.includes(aspect) && differ(aspect, said, known));
    },
  };
}

/** Whether one of two lists has all words of the other. */
function includesAll(one: readonly string[], other: readonly string[]): boolean {
  const [few, many] = one.length < other.length ? [one, other] : [other, one];
  return few.every((word) => many.includes(word));
}

/** Whether two wishes about an aspect can not both be fulfilled. */
function differ(aspect: string, said: Order, known: Order): boolean {
  const pattern = aspects.get(aspect)!;
  const [first, second] = [said, known].map(({ text }) => pattern.exec(text)?.[0]);
  return said.isForbidden !== known.isForbidden ? first === second : first !== second || aspect === "name";
}

function isNameIn(earlier: string): boolean {
  return /^user's (?:\p{L}+ )?name is /u.test(earlier);
}

/** "Does not want to be called Benny" and "wants to be called Ben" end "User's name is Benny". */
function replacesName({ isForbidden, text }: Order, earlier: string): boolean {
  const name = /\bname is (.+)$/u.exec(earlier)?.[1] ?? "";
  return isForbidden ? text.includes(name) : !text.includes(name);
}

function orderIn(statement: string): Order | null {
  if (!isWish.test(statement) || !isOfAnswers.test(statement)) return null;
  if (/\bto\b.*\b(?:never|not)\b/.test(statement) && !/\bassistant to (?:never|not)\b/.test(statement))
    return null;
  const { not, stop, deed = "" } = order.exec(statement)?.groups ?? {};
  return {
    isForbidden: not !== undefined || stop !== undefined || /^no\b/.test(deed),
    words: keysOf(deed).filter((word) => !fillers.has(word)),
    aspects: [...aspects].flatMap(([name, pattern]) => (pattern.test(deed) ? [name] : [])),
    text: statement,
  };
}
