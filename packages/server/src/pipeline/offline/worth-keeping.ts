import type { PartOfSpeech } from "wink-nlp";
import { wordSet } from "../word-set.ts";
import type { Clause } from "./clauses.ts";
import type { Token } from "./reader.ts";
import { textOf } from "./reader.ts";

/** What people say to keep a conversation going. Tried on the clause in lower case, without adverbs. */
const talk: readonly RegExp[] = [
  // What one thinks of what was said, and not what one is.
  /^i (?:(?:do|did|can|have|had) )?(?:not |never )?(?:think|thought|guess|suppose|bet|mean|meant|agree|disagree|imagine|assume|doubt|wonder|hear|heard|wish|appreciate|apologize|thank|swear|promise|admit|say|said|tell|told|ask|asked|mention|mentioned|figure|reckon|suspect|remember|forget|forgot|recommend|suggest|feel|felt|find|notice|noticed|realize|realized|see|saw|understand|relate|expect|care|mind|hope(?! to\b)|know(?! how to\b)|knew|believe(?! in\b))\b/,
  /^i am (?:not )?(?:glad|sorry|sure|certain|jealous|envious|curious|kidding|joking|impressed|surprised|shocked|thankful|grateful|flattered|aware|honored|positive|down|game|up|off|free|afraid(?! of\b)|with)\b/,
  /^i (?:am|was) (?:not )?(?:trying|wondering|saying|talking|asking|guessing|assuming|feeling|getting(?! (?:married|divorced|engaged|an?|my)\b)|being|doing|about to|hoping(?! to\b)|thinking(?! (?:of|about) \w+ing\b))\b/,
  /^i (?:am|was) (?:not )?having (?:a )?(?:\w+ )?(?:fun|time|day)\b/,
  /^i (?:keep|kept) (?:getting|seeing)\b/,
  // What may be, or only would be.
  /^i (?:would|could|might|may|must|should|shall|were|had better)\b/,
  /^i can (?:not )?(?:wait|help|stop|complain|do|try|show|send|give|get|go|handle|say|hear|only|always)\b/,
  /^i (?:like|love|want|have|need|got|try|am going|am looking forward|look forward) to (?:go$|run$|leave|say|admit|agree|ask|check|see|seeing|try|trying|hear|hearing|know|talk|talking|meet|meeting|get going|be honest|look|think|disagree|thank|help|chat)\b/,
  /^i (?:like|love|enjoy|enjoyed|loved|liked) (?:talking|chatting|hearing|meeting|the (?:idea|sound|way|fact|conversation|chat))\b/,
  /^i (?:do not )?have (?:a |an |any |no |some |the )?(?:\w+ )?(?:idea|clue|questions?|feeling|point|doubt|problem|lot in common|time|fun)\b/,
  /^i have (?:a lot|lots|so much|much|something|things) in common\b/,
  /^my (?:pleasure|bad|apologies|point|guess|questions?|mistake|fault|thoughts?|condolences|advice)\b/,
  /^my favou?rites? (?:ones? )?(?:is|are|was|were)\b/,
  /\bi (?:think|guess|suppose|mean|hope|believe)$/,
];

const doubt = /\b(?:maybe|perhaps|probably|possibly|supposedly|not sure)\b/;
const duty = /^i (?:have|need|got|have got) to\b/;
const habit = /\b(?:every|daily|weekly|twice|once a|each|always|regularly|a day|a week)\b/;
const futurity =
  /\b(?:tomorrow|tonight|next|in (?:january|february|march|april|may|june|july|august|september|october|november|december|\d{4})|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|this (?:weekend|week|month|year|summer|winter|spring|fall|autumn))\b/;

/** Signs of code, mark-up and blanks to fill in. */
const notProse = /[[\]{}<>=\\|]/;

const contentTags = new Set<PartOfSpeech>(["NOUN", "PROPN", "NUM", "ADJ", "VERB", "ADV", "X", "SYM"]);

/** Words that say nothing by themselves, however they are tagged. */
const light = wordSet(`
  lot lots bit two own favorite favorites kind sort way time times thing things stuff fun one ones best something anything nothing everything
  someone anyone everyone course idea point guess fan
  good great nice same other much many more most sure true right such cool fine okay ok well alright happy excited ready
  done back tired bored hungry busy free lucky late proud serious wrong confused lost confident open willing interested
  afraid nervous little sick cold hot full big huge
  be been being am is are was were do does did done doing have has had having get gets got getting go goes went going come
  came make made try tried see saw say said know think help hear talk want wanted need like love enjoy hate keep take let
  also too just now then there here really very so still never not always often usually sometimes ever actually
  currently recently lately already yet again once anymore well away off up down out in over around definitely mostly
  especially only even quite pretty rather almost nearly together forever soon later before ago today tomorrow yesterday
  tonight early how when where why badly finally completely totally absolutely exactly
  use used happen feel look work loved liked enjoyed hated agree meet chat mean guess answer add hanging starving relaxing chilling learn learning learned start started miss
`);

/** Whether a clause tells something of the speaker that is worth knowing in another conversation. */
export function isWorthKeeping({ tokens, verbAt, preamble }: Clause): boolean {
  if (tokens.some(({ text }) => notProse.test(text)) || isQuoting(tokens)) return false;
  const plain = textOf(tokens.filter(isPlain)).toLowerCase();
  if (talk.some((pattern) => pattern.test(plain))) return false;
  const whole = textOf([...preamble, ...tokens]).toLowerCase();
  if (doubt.test(whole)) return false;
  if (duty.test(plain) && !habit.test(whole)) return false;
  if (/^i will\b/.test(plain) && !futurity.test(whole)) return false;
  // A clause that ends in "to" or an auxiliary leaves the rest to what was said before.
  const last = tokens.at(-1);
  if (last === undefined || last.tag === "AUX" || last.lower === "to") return false;
  return tokens.slice(verbAt).some(({ tag, lower }) => contentTags.has(tag) && !light.has(lower));
}

function isPlain({ tag, lower }: Token): boolean {
  return tag !== "ADV" || lower === "never" || lower === "not" || lower === "how";
}

/** Whether somebody's words are quoted, in which "I" is another. */
function isQuoting(tokens: readonly Token[]): boolean {
  const opening = tokens.findIndex(({ text }) => /["“”«»]/.test(text));
  if (opening === -1) return false;
  const marks = tokens.filter(({ text }) => /["“”«»]/.test(text)).length;
  return marks % 2 === 1 || tokens.slice(opening).some(({ lower }) => lower === "i" || lower === "my");
}
