// Finds instructions to the assistant that apply from now on: "answer in German from now on". Other instructions apply once.
import { alternatives, wordSet } from "../../word-lists.ts";
import { thirdPersonOf } from "../../statement/verb-forms.ts";
import { longestSentence } from "./lines.ts";

/** Words that make an instruction apply from now on. */
const lasting =
  /\b(?:from (?:now|here|today|this point) on(?:wards?)?|from now|going forward|moving forward|in (?:the )?future|henceforth|always|never|ever|every time|each time|every (?:day|week|month|morning|evening|night|single)|daily|weekly|whenever|by default|at all times|any ?more|for (?:all|every|future)|in (?:all|every|any|future)|until (?:i say|i tell|further notice)|permanently|generally|in general|as a rule|no longer|at the (?:end|beginning|start) of (?:every|each|your)|(?:keep|make) (?:(?:all|your|the|any) )*(?:answers|replies|responses|messages|explanations)|your (?:answers|replies|responses|messages|explanations))\b/i;
/** Words that make an instruction apply only once. */
const momentary =
  /\b(?:this|that|these|those|it|here|just once|for now|right now|for the moment|at the moment|today|tonight|tomorrow|yet|once|the (?:following|above|next|last|previous))\b/i;
/** Phrases that contain a word of `momentary` but do not make an instruction apply only once. */
const lastingPhrase = /\bfrom (?:this point|today|here) on(?:wards?)?\b|\b(?:keep|make) it\b/gi;

const prefix = new RegExp(
  `^${alternatives("actually sorry oh hmm please kindly also and but so then ok okay hey hi note: remember: important: reminder:")}[\\s,]+`,
  "i",
);
const request =
  /^(?:(?:can|could|would|will) you(?: please)?|i(?:'d| would)? (?:want|need|like|prefer) (?:it if )?you(?: to)?|make sure (?:that )?(?:you|to)|be sure to|remember to|you (?:should|must|have to|need to|can|may|shall)|try to|let'?s|feel free to|i(?:'d| would) prefer (?:that|if) you)\s+/i;

/** Verbs for what an assistant does in its answers. */
const verbs = wordSet(`
  answer reply respond write speak talk communicate chat use give keep be call address refer include add avoid format explain start end
  begin show ask provide convert sign skip translate tell make cite switch stop mention apologize apologise lecture repeat assume suggest
  recommend say swear sugarcoat treat follow quote check confirm prefer round list summarize summarise greet finish limit remind number
  put print return output default consider stick correct
`);

/** Verbs for other things that an assistant does. Forbidding these may apply only once. */
const otherVerbs = wordSet(`
  send share store save track schedule book order buy contact notify message ping interrupt judge compare remember search browse run
  execute log forward post open close turn play read work plan think act behave pretend wait let prioritize prioritise
`);

const languages = wordSet(`
  afrikaans albanian arabic armenian basque bengali bosnian bulgarian catalan cantonese chinese croatian czech danish dutch english esperanto
  estonian farsi finnish french galician georgian german greek gujarati hebrew hindi hungarian icelandic indonesian irish italian japanese
  kannada korean latin latvian lithuanian malay mandarin marathi norwegian persian polish portuguese punjabi romanian russian serbian slovak
  slovenian spanish swahili swedish tagalog tamil telugu thai turkish ukrainian urdu vietnamese welsh
`);
const inLanguage =
  /^(?:always |only )*(?:(?:answer|reply|respond|write|speak|talk|communicate|chat|explain|stick|switch|default)\b[\w ]{0,30}? (?:in|to) |speak |use )(?:(?:only|just|plain|simple|british|american) )*(\p{L}+)\b/iu;
const notLanguage = /^(?:british|american)$/i;

/** The standing instructions of a line, and its other sentences. */
export interface LineInstructions {
  /** Such as `User wants answers in German.` */
  readonly texts: readonly string[];
  readonly rest: string;
}

/** Finds the standing instructions in a line. */
export function instructionsIn(line: string): LineInstructions {
  const texts: string[] = [];
  const others: string[] = [];
  for (const sentence of line.split(/(?<=[.!?;])\s+/)) {
    const [order, reason] = sentence.length > longestSentence ? [""] : withoutReason(sentence);
    const text = instructionIn(order);
    if (text !== undefined) texts.push(text);
    others.push(...(text === undefined ? [sentence] : (reason ?? [])));
  }
  return { texts, rest: texts.length === 0 ? line : others.join(" ") };
}

/** Splits "Never mention nuts, I'm allergic." into the order and its reason, which is a fact. */
function withoutReason(sentence: string): [order: string, reason?: readonly string[]] {
  const at = sentence.search(
    /(?<!\b(?:on|onwards|forward|future)),\s(?=(?:i|i'm|i’m|i've|i’ve|my|we|they)\b)|\s(?=(?:because|since) (?:i|i'm|i’m|my|we)\b)/i,
  );
  if (at === -1) return [sentence];
  return [sentence.slice(0, at), [sentence.slice(at).replace(/^[,\s]+(?:because |since )?/i, "")]];
}

/** An order to the assistant, in parts: "From now on, | don't | use emojis". */
interface Order {
  /** The condition or time, if the order begins with one. */
  readonly lead: string;
  /** "do not", "stop" or "avoid", if it forbids. */
  readonly negation: string;
  readonly deed: string;
  /** The first word of the deed. */
  readonly verb: string;
}

function instructionIn(sentence: string): string | undefined {
  const liking = likingIn(sentence);
  if (liking !== undefined) return liking;
  const said = withoutPoliteness(sentence);
  if (said === undefined || /\bthis time\b/i.test(said)) return undefined;
  const wish = wishIn(said);
  if (wish !== undefined) return wish;
  const order = orderIn(said);
  return order !== undefined && isLasting(sentence, said, order) ? sayOrder(order) : undefined;
}

/** A sentence without its last marks and "please", "can you" and the like; undefined for a question. */
function withoutPoliteness(sentence: string): string | undefined {
  let said = sentence.replaceAll("’", "'").trim();
  if (said.endsWith("?") && !/^(?:can|could|would|will) you\b/i.test(said)) return undefined;
  said = said.replace(/(?<![.!?;\s])[.!?;\s]+$/, "");
  said = said.replace(/^i (?:don't|do not|would not|wouldn't) (?:want|like) you to /i, "do not ");
  for (let count = 0; count < 4; count += 1) said = said.replace(prefix, "").replace(request, "");
  return said;
}

const styles = String.raw`(?:more )?(?:emojis?|emoticons|bullet points|bullets|jargon|markdown|slang|tables|lists|small talk|disclaimers|apologies|exclamation marks|buzzwords|swearing|sarcasm|jokes|filler|fluff)`;
const noStyle = new RegExp(
  `^no (${styles}(?: (?:and|or) ${styles})?)(?:,? (?:please|pls|plz|any ?more|from now on))*(?:, .{0,80})?$`,
  "i",
);
const useStyle = new RegExp(`^use (?:more )?${styles}$`, "i");
const wantsAnswers =
  /^i(?:'d| would)? (want|prefer|like|need|rather have|rather get) ((?:(?:all|your|the|my|only|very|more|long|short|detailed|brief|clear) )*(?:\w+ )?(?:answers|replies|responses|explanations)\b[^,;]{0,80})$/i;

const likes =
  /^i(?:'d| would)? (like|love|hate|prefer)(?: it)? when you (?!are\b|were\b|said?\b|tell\b)(\p{Ll}+)\b(.{2,80}?)(?: lol| haha)?$/iu;
const prefers = /^i(?:'d| would)? prefer you to (be|use|write|answer|speak|give) (.{2,80})$/iu;

/** "I like it when you use emojis", "I prefer you to be brief". */
function likingIn(sentence: string): string | undefined {
  const said = sentence.replace(/(?<![.!])[.!]+$/, "");
  const [, liking, verb, rest = ""] = likes.exec(said) ?? [];
  if (momentary.test(rest)) return undefined;
  if (liking !== undefined)
    return `User ${thirdPersonOf(liking.toLowerCase())} it when the assistant ${thirdPersonOf(verb!.toLowerCase())}${inThirdPerson(rest)}.`;
  const [, deed, how = ""] = prefers.exec(said) ?? [];
  return deed === undefined
    ? undefined
    : `User prefers the assistant to ${deed.toLowerCase()} ${inThirdPerson(how)}.`;
}

/** "No emojis", "I want short answers". */
function wishIn(said: string): string | undefined {
  const style = noStyle.exec(said)?.[1];
  if (style !== undefined) return `User does not want the assistant to use ${style.replace(/^more /i, "")}.`;
  const answers = wantsAnswers.exec(said)?.[2];
  if (answers === undefined || momentary.test(said)) return undefined;
  return `User wants ${inThirdPerson(answers.replace(/^(?:(?:all|your|the|my) )+/i, "").replace(/ from you\b/i, ""))}.`;
}

const opening =
  /^(?:from (?:now|here|today|this point) on(?:wards?)?|going forward|in (?:the )?future|when(?:ever)? (?:i|you) [^,]{1,60}|by default|in general)[,\s]+(?:please |i (?:want|would like) you to )?/i;
const forbids =
  /^(?:(?:please )?(?:do not|don't|dont|never|no longer)(?: ever)?|(?:please )?(?:stop|quit|avoid)(?= \w+ing\b)|avoid)\s+/i;

function orderIn(said: string): Order | undefined {
  const lead = opening.exec(said)?.[0] ?? "";
  const order = said.slice(lead.length);
  const negation = forbids.exec(order)?.[0] ?? "";
  const deed = order.slice(negation.length).replace(/^(?:please|only)\s+/i, "");
  const verb = /^(?:always )?([a-z]+)/i.exec(deed)?.[1]?.toLowerCase();
  return verb === undefined ? undefined : { lead, negation: negation.trim().toLowerCase(), deed, verb };
}

/** What people tell each other to cheer them up: "never give up", "don't be scared to ask". */
const encouragement =
  /^(?:ever |always )?(?:give up|lose|quit|let (?:go|yourself|anyone|fear|the)|stop (?:believing|dreaming|trying|fighting|chasing|learning|being|doing|pushing|growing|smiling)|(?:keep|keep on) (?:up\b|at\b|on\b|in touch|me posted|(?!answering|replying|writing|responding|speaking|using|talking|asking)\p{L}+ing\b|(?:\p{L}+ )?head\b|your (?:head|chin|eyes)|smiling|the faith)|be (?:my|a part|part of|happy|safe|well|good|careful|positive|scared|afraid|shy|sad|nervous|discouraged|ashamed|sorry|yourself|proud|strong|brave|kind to|hard on|too hard)|take care|follow your|think (?:positive|twice)|remember (?:that )?you|read\b.*\bbook|check out|stay)/iu;

/**
 * Whether this is an order to the assistant that applies from now on. An order that forbids something in the answers
 * always counts as lasting, unless it has a momentary word.
 */
function isLasting(sentence: string, said: string, { lead, negation, deed, verb }: Order): boolean {
  if (encouragement.test(deed)) return false;
  const isOfAnswers = verbs.has(verb) || negation === "avoid" || (negation !== "" && verb.endsWith("ing"));
  if (!isOfAnswers && !otherVerbs.has(verb)) return false;
  if (/\b(?:always|never|from now on)\b/i.test(said)) return true;
  if (momentary.test(said.replaceAll(lastingPhrase, ""))) return false;
  return (
    lasting.test(said) ||
    /^when/i.test(lead) ||
    /^(?:address|treat|refer to) me\b/i.test(deed) ||
    // "Use emojis", "please reply in Spanish", "use metric units"
    useStyle.test(deed.split(",", 1)[0]!) ||
    (/^(?:answer|reply|respond|speak|talk)\b/i.test(deed) &&
      /\b(?:please|me|pls|kindly)\b/i.test(sentence) &&
      languageOf(deed.replace(/ me\b/i, "")) !== undefined) ||
    /^(?:use|give|show)\b.*\b(?:metric|imperial|kilomet(?:re|er)s|miles|celsius|fahrenheit|24-hour|12-hour)\b/i.test(
      deed,
    ) ||
    (negation !== "" && isOfAnswers)
  );
}

const calledName =
  /^(?:always )?(?:[Cc]all me|[Aa]ddress me as|[Rr]efer to me as) (\p{Lu}[\p{L}'. -]{0,60}?)(?:,? (?:from now on|always|in (?:the )?future|please))?(?:, (?:nobody|no one|everyone|everybody|not|it's|its|only|all|that's)\b.*)?$/u;

function sayOrder({ lead, negation, deed, verb }: Order): string {
  if (negation === "") {
    const language = languageOf(deed);
    if (language !== undefined) return `User wants answers in ${language}.`;
    const name = calledName.exec(deed)?.[1];
    if (name !== undefined) return `User wants to be called ${name}.`;
  }
  const done = inThirdPerson(withoutTime(deed));
  const condition = /^when/i.test(lead) ? ` ${sayCondition(lead.split(",")[0]!.trim())}` : "";
  if (negation.startsWith("avoid") && !verb.endsWith("ing"))
    return `User wants the assistant to avoid ${done}${condition}.`;
  if (/(?:stop|quit|avoid)$/.test(negation)) return `User wants the assistant to stop ${done}${condition}.`;
  return `User ${negation === "" ? "wants" : "does not want"} the assistant to ${done}${condition}.`;
}

/** "When you write code" becomes "when it writes code". */
function sayCondition(said: string): string {
  const its = said.replace(/\byou (\w+)/i, (_, verb: string) => `it ${thirdPersonOf(verb)}`);
  return inThirdPerson(its);
}

/** Removes words such as "from now on", which only say that the instruction lasts. */
function withoutTime(deed: string): string {
  return deed.replace(
    /(?<![,\s])[,\s]+(?:from (?:now|here|today|this point) on(?:wards?)?|going forward|in (?:the )?future|any ?more|please|ever|henceforth|until further notice)\b/gi,
    "",
  );
}

const persons: Readonly<Record<string, string>> = {
  i: "they",
  me: "them",
  my: "their",
  mine: "theirs",
  myself: "themselves",
  your: "its",
  "i'm": "they are",
  "i've": "they have",
  am: "are",
};

function inThirdPerson(deed: string): string {
  const lower = deed.charAt(0).toLowerCase() + deed.slice(1);
  return lower.replaceAll(
    /(?<![\p{L}'])(?:i'm|i've|i|me|my|mine|myself|your|am)(?![\p{L}'])/giu,
    (word) => persons[word.toLowerCase()]!,
  );
}

function languageOf(rest: string): string | undefined {
  const found = inLanguage.exec(rest)?.[1];
  if (found === undefined || notLanguage.test(found) || !languages.has(found.toLowerCase())) return undefined;
  return found.charAt(0).toUpperCase() + found.slice(1).toLowerCase();
}
