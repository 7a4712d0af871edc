// Finds what a statement says has ended, whatever its wording: topics that it names beside a word of ending. "Part exchanged the
// Zafira" ends "has a Zafira".
import { plainFormOf } from "../statement/fingerprint.ts";
import { endingWords } from "../statement/ending-words.ts";
import { isPast } from "../statement/verb-forms.ts";
import { synonymOf, withDigits, withoutFullStop } from "../statement/wordings.ts";
import { wordSet } from "../word-lists.ts";
import { wordsIn } from "./endings.ts";
import { isAboutAnother, otherPersonIn } from "./people.ts";
import { rootOf } from "../statement/word-bag.ts";

/** Words that say that something is so again, or possible now. */
const returned =
  /\b(?:back (?:on|to|at|in|into|with)|again|after all|now|these days|nowadays|finally|fine with|allowed|started|cleared to|came round|come round|turns out|first (?:time|ever|\p{L}+)|got)\b/u;
/** Words that say that a number or a date has changed. */
const revision =
  /\b(?:now|upped|bumped|raised|increased|cut|lowered|reduced|dropped|down to|up to|went (?:up|down)|gone (?:up|down)|changed|moved|pushed|brought|rescheduled|postponed|back to|doubled|halved|only|turned|another)\b/u;

/** A statement with one of these words ends nothing: it is a wish, a plan, a fear, or something that is true beside the old. */
const unsure =
  /\b(?:if|would (?!not call)|might(?! go)|(?<!\b(?:in|since|by|until) )may|could|should|wish|hope|hopes|wants?|thinking|considering|considered|nearly|almost|maybe|perhaps|plans? to|planning|going to|will|never|imagine|dream|second|else|not yet|tempted|wonder|wondering|worried|scared|afraid|about to|used to|novel|dreamed|dreamt|as well|too|also)\b/;

const denies = /\b(?:does|did) not\b/;
const deniesNow = /\b(?:anymore|no longer|bother)\b/;
/** A number or a date. */
const amount =
  /\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|april|june|july|august|september|october|november|december)\b/;

/** Words that name no topic. */
const fillers = wordSet(`
  a an the my their his her our its some any of for in on at to and or but so as by from with about into onto over off out up down back again away around than then
  is are was were be been being has have had do does did can could will would user not no never ever now just only still even already all both each every more most
  less least much many lot lots few little bit very really quite too also well finally recently officially actually sadly totally completely entirely altogether
  new old own whole last next first second one two three four five six seven eight nine ten once twice best worst other another same different good great bad nice
  big small long short high low full free right wrong real thing things stuff anything everything nothing something someone everyone it that this these those them
  him us me they he she we you who which what when where why how because since until after before while during if though day days daily week weeks weekly month
  months year years yrs time times hour hours minute minutes today yesterday tomorrow tonight morning evening afternoon night nights weekend monday tuesday wednesday
  thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays january february march april may june july august september october
  november december spring summer autumn fall winter ago early late later end start place way kind sort idea plan plans part number deal life people person job work
  working home living live lives go goes going went gone get gets got getting make makes made take takes took taking use uses using used keep keeps kept give gave
  given want wants need needs like likes love loves started starting stop stopped quit left leave lost lose sold sell bought buy moved move changed change
  switched switch cancelled canceled ended finished completed closed died passed dropped broke broken split come came put set let find found feel feels think
  doing done read reads reading watch watches watching play plays playing learn learns learning eat eats eating drink drinks drinking study studies studying
  write writes writing look looks looking wear wears wearing run runs running see sees seeing talk talking know knows always lately everyday works
  world able art artist help helps helping enough such per friend friends house mostly mainly instead
`);
const plainFillers: ReadonlySet<string> = new Set([...fillers].map(plainOf));

const liking =
  /^(?:(?:has )?(?:really |always )?(?:like|love|enjoy|adore|prefer|hate|dislike)[sd]?\b|does not (?:like|enjoy)\b|favorite\b)/;
const endsLiking = /\b(?:off|anymore|no longer|overtaken|overtook|dethroned|knocked|beaten|replaced|over)\b/;
const experience = /^(?:has|had) (?:been to|gone|done|seen|had|made|met|taken|read|won|visited|tried)\b/;
const denial =
  /^(?:does|is|can|will|has|did) not\b|^(?:never|no longer)\b|^has (?:no|never)\b|^\p{Ll}+s no\b|^is (?:\p{Ll}+ )?without\b/u;
/** Past forms that do not mean that something has ended. */
const lasting = wordSet(
  "bought got started joined adopted booked named called signed subscribed rented leased ordered switched moved",
);
const elsewhere = /^(?:near|about|like|than|until|before|without|after|because|when|while)$/;
/** "The gym has closed" says nothing about "User's bag is in the gym". */
const elsewhereOfPossession =
  /^(?:in|on|at|with|for|to|from|of|by|into|and|or|but|every|through|per|if|that|which)$/;
const planned =
  /^(?:will|wants?|plans?|hopes?|is going to|is planning|dreams?|has always wanted|is looking)\b/;
const endsPlans =
  /\b(?:cancell?ed|called off|scrap|scrapped|off|not happening|not going|gave up|given up|dropped|ditched|postponed|fell through|fallen through|withdrew|withdrawn|pulled out|backed out|instead|on hold|on ice|abandoned|shelved|no longer|anymore|over|bust)\b/;
/** How many topics of one statement are compared. */
const mostTopics = 12;

/** A change of a detail of something: "went from weekly to monthly with the newsletter". */
const detail = /( went from [\p{L}\p{N} -]+? to [\p{L}\p{N}-]+) (?:with|on|for|in) (?:the|their) .*$/u;

/** Says that one event does not take place. */
const oneEvent =
  /^user's .* (?:is|are|was|were|got|get|has been|have been) (?:called off|cancell?ed|postponed|rained off)$/;
/** Is about events that take place again and again. */
const series = /\b(?:every|each|weekly|monthly|meets?|the (?:first|second|third|last))\b/;

/** How a statement changes its topics. */
export interface TopicChange {
  /** The words of the topics, in plain form. */
  readonly topics: readonly string[];
  readonly why: (earlier: string) => string | null;
}

/** The change that a statement says; null if it says none. */
export function topicChangeIn(text: string): TopicChange | null {
  const said = withoutFullStop(text).replaceAll("’", "'");
  const statement = said.toLowerCase();
  if (
    unsure.test(statement) ||
    (denies.test(statement) && !deniesNow.test(statement)) ||
    /^user's [\p{L}-]+(?:'s|s') /u.test(statement)
  )
    return null;
  const [main = ""] = statement
    .replace(detail, "$1")
    .split(
      /, (?=(?:too|my|the|so|such|could|which|who)\b)| (?:because|that|which|who|whose|where|while) | so (?=i|they|that)/,
    );
  const other = otherPersonIn(said);
  // "Hades has overtaken Celeste" is not about a person.
  const person = other?.relation === null && outdoes.test(main) ? null : other;
  const ends = person === null ? endingWords.test(main) : isGone.test(main);
  const returns = person === null && returned.test(main) && !denial.test(main.replace(/^user /, ""));
  const revises = person === null && amount.test(main) && revision.test(main);
  if (!ends && !returns && !revises) return null;
  const kinds = kindsIn(main);
  const names = person === null ? namesIn(said.slice(0, main.length)) : topicWordsIn(person.name ?? "");
  // "Cancelled the trip to Japan" says nothing about a trip to Peru.
  const isNames = names.length > 0 && (ends || !returns);
  const words = isNames ? names : person === null ? topicWordsIn(endedPartOf(main)) : [];
  const topics = [...new Set(words)].slice(0, mostTopics);
  if (topics.length === 0) return null;
  const deeds = new Set(
    ends
      ? [...main.matchAll(gerund)]
          .map(([, word = ""]) => plainOf(word))
          .filter((word) => !plainFillers.has(word))
          .map(rootOf)
      : [],
  );
  const isOneEvent = oneEvent.test(statement);
  return {
    topics,
    why: (earlier) => {
      const [, possession, predicate] = /^user('s)? (.*)$/.exec(earlier) ?? [];
      if (predicate === undefined) return null;
      // "Lost Thumper" ends "User's rabbit Thumper lives in the kitchen".
      if (
        isAboutAnother(earlier) &&
        !(
          isNames &&
          wordsIn(predicate)
            .slice(1, 3)
            .some((word) => topics.includes(plainOf(word)))
        )
      )
        return null;
      const plain = predicate.replace(
        /^(?:(?:now|also|still|really|usually|always|often|just|currently) )+/,
        "",
      );
      const isDenied = possession === undefined && denial.test(plain);
      const next = afterTopic(plain, {
        topics,
        deeds,
        kinds,
        isNames: isNames || isDenied,
        isDenied,
        isPossession: possession !== undefined,
      });
      if (next === null || differInCompany(main, plain)) return null;
      if (isOneEvent && series.test(plain)) return null;
      const isDisliked = /^does not like\b/.test(plain);
      if (isDisliked && ends && /^does not like their\b/.test(plain)) return "ended";
      if (isDenied)
        return returns && !isDisliked && /^(?:|because|due|until|yet|since|at|for|to|,)$/.test(next)
          ? "so again"
          : null;
      if (!mayEnd(plain, possession !== undefined)) return null;
      if (liking.test(plain) && !/^\p{Ll}+ their\b/u.test(plain))
        return ends && endsLiking.test(statement) ? "no longer liked" : null;
      if (planned.test(plain)) return ends && endsPlans.test(statement) ? "plan given up" : null;
      if (ends) return "ended";
      return revises && amount.test(plain) ? "other number" : null;
    },
  };
}

/** What comes after what has ended: the purpose, the place or the time. */
const circumstance =
  / (?:to|for|at|after|before|by|and|during|so|in order|but|while|until|till|around|near|over) /u;

/**
 * The part of a statement that names what has ended: "user sold the car" of "user sold the car to pay for the wedding". All of it if
 * nothing has ended.
 */
function endedPartOf(statement: string): string {
  const ending = endingWords.exec(statement);
  if (ending === null) return statement;
  const end = ending.index + ending[0].length;
  const [object = ""] = statement.slice(end).split(circumstance);
  return statement.slice(0, end) + object;
}

/** Words after a name that do not say what kind of thing it is. */
const generalKind =
  /^(?:lapse|expire|go|slide|subscription|account|membership|plan|job|course|trip|app|contract|card|licence|license|thing|idea|thing|now|last|this|yesterday|today|and|or|but|so|in|on|at|to|for|from|of|is|are|was|were|has|have|had|off|out|up|away|back|because|since|when|while|anymore|any|again|too|with|by|as|a|an|the|their|completely|entirely|for|over|after|before|instead|recently|finally|just|ended|died|closed|quit|left|stopped)$/;

/** Words that are directly followed by the noun that they describe, with that noun. */
function kindsIn(text: string): ReadonlyMap<string, string> {
  const words = text.split(" ");
  return new Map(
    words.slice(0, -1).flatMap((word, at): [string, string][] => {
      const next = words[at + 1]!;
      const isNoun =
        /^\p{Ll}[\p{L}-]*$/u.test(next) &&
        !generalKind.test(next) &&
        !plainFillers.has(plainOf(next)) &&
        isPast(next) !== true &&
        !endingWords.test(next);
      return isNoun && /^[\p{L}\p{N}-]+$/u.test(word) ? [[plainOf(word), plainOf(next)]] : [];
    }),
  );
}

/** Whether both statements name a person, but not the same person: "a meeting with Ana", "the meeting with Bob". */
function differInCompany(one: string, other: string): boolean {
  const [first, second] = [one, other].map(
    (text) => / with (?:the |their |an? )?([\p{L}'-]+)/u.exec(text)?.[1],
  );
  return first !== undefined && second !== undefined && first !== second;
}

/** A deed that has ended: "packed in the tutoring", "no more climbing". */
const gerund =
  /\b(?:in|up|the|more|quit|stopped|dropped|off|with|on|their|from|out) (\p{L}{3,}ing)(?=$|,| (?:because|so|for|since|anymore|now|at|in|on|with|last|this|yesterday|altogether|completely|again|after|due)\b)/gu;

const outdoes =
  /\b(?:knocked|overtaken|overtook|replaced|dethroned|beats|superseded|ousted|took over from|taken over from)\b/;
/** Says that the user no longer has to do with a person or a company. */
const isGone =
  /\b(?:died|passed away|broke up|moved out|ran away|closed|cancell?ed|sold|stolen|discontinued|shut down|fell through|went bust|gone bust|not happening|dumped (?:them|user)|left them|ended (?:it|things)|called it (?:off|quits)|(?:fell|fallen) out|is (?:dead|over|off|gone|history)|(?:left|quit|retired|gone)(?=$| (?:last|this|on|in|yesterday|today|for good|off)\b))/;

/** What a statement names, and how it is searched for. */
interface Named {
  readonly topics: readonly string[];
  /** The roots of the deeds among them, such as "tutoring". */
  readonly deeds: ReadonlySet<string>;
  /** The topics that only say which kind of thing another word is: "golf" in "golf clubs", with that word. */
  readonly kinds: ReadonlyMap<string, string>;
  readonly isNames: boolean;
  readonly isDenied: boolean;
  /** Whether the earlier statement is about something of the user: "User's bag is in the gym". */
  readonly isPossession: boolean;
}

/** The word after the first topic in an earlier statement; empty at its end, null if it names no topic. */
function afterTopic(earlier: string, named: Named): string | null {
  const { topics, deeds, kinds, isNames, isDenied, isPossession } = named;
  const words = wordsIn(earlier);
  const isElsewhere = (word: string) =>
    elsewhere.test(word) || (isPossession && !isNames && elsewhereOfPossession.test(word));
  const until = isDenied ? -1 : words.findIndex(isElsewhere);
  const known = (until === -1 ? words : words.slice(0, until)).slice(0, 12).map(plainOf);
  const roots = new Set(topics.map(rootOf));
  const found = known.flatMap((word, at) => {
    const kind = kinds.get(word);
    // "Sold the golf clubs" does not end "drives a Golf".
    const isOther = kind !== undefined && !known.includes(kind);
    return roots.has(rootOf(word)) && !isOther ? [{ word, next: words[at + 1] ?? "" }] : [];
  });
  // "Coffee" is not the topic of "a coffee shop", nor the only one of "coffee and tea".
  // "Packed in the tutoring" ends "tutors pupils": the deed itself is over.
  if (!isDenied && deeds.has(rootOf(known[0] ?? ""))) return "";
  const whole = isNames || found.length > 1 ? found : found.filter(({ next }) => endsThing.test(next));
  return whole[0]?.next ?? null;
}

/** What may follow a thing that a statement names. */
const endsThing =
  /^(?:|in|on|at|with|every|each|all|for|to|from|of|is|are|named|since|too|now|that|which|who|as|by|because|per|a|after|twice|once|until|till|daily|weekly|mon|tue|wed|thu|fri|sat|sun|\d.*|\p{L}+days?|mostly|together|part|full|behind|into|near|beside|outside|under|over|about|onto|when|using|through|around|after|before|than|instead)$/u;

function namesIn(text: string): readonly string[] {
  const found =
    text.match(
      /(?<![\p{L}\p{N}.!?] |[\p{L}\p{N}])\p{Lu}[\p{L}\p{N}+&'-]*|(?<=[\p{L}\p{N},] )\p{Lu}[\p{L}\p{N}+&'-]*/gu,
    ) ?? [];
  return topicWordsIn(found.join(" ").toLowerCase());
}

function mayEnd(predicate: string, isPossession: boolean): boolean {
  if (isPossession)
    return !predicate
      .split(" ", 4)
      .slice(1)
      .some((word) => isPast(word) === true);
  const [verb = ""] = predicate.split(" ", 1);
  if (experience.test(predicate)) return false;
  return isPast(verb) !== true || lasting.has(verb);
}

function topicWordsIn(text: string): readonly string[] {
  return wordsIn(withDigits(text))
    .map(bareOf)
    .filter(
      (word) =>
        word.length > 1 && !/^\d+$/.test(word) && !plainFillers.has(plainOf(word)) && !endingWords.test(word),
    )
    .map(plainOf);
}

/** A word without a possessive and the marks at its end. */
function bareOf(word: string): string {
  return word.replace(/'s$|(?<![.'])[.']+$/, "");
}

function plainOf(word: string): string {
  return plainFormOf(synonymOf(bareOf(word)));
}
