// Finds the things that a statement says have ended, and the statements about them: "sold the Corolla" ends "drives a 2009
// Corolla".
import { plainFormOf } from "../statement/fingerprint.ts";
import { synonymOf, withoutFullStop } from "../statement/wordings.ts";
import { alternatives, wordSet } from "../word-lists.ts";
import { isAboutAnother } from "./people.ts";
import { elaborations } from "./things.ts";

const having = alternatives(`
  has drives rides owns keeps uses is_using wears bought got is_on adopted leases rents runs_on writes_on works_on plays_on
  is_driving types_on
`);
const doing = alternatives(`
  drinks eats smokes uses takes plays does is_on is_in is_at reads goes_to practi[sc]es learns is_\\w+ing trains subscribes_to
  pays_for attends volunteers works has studies teaches watches_(?!football) does coaches sings_in dances runs swims
  cycles gets is_an? joined started rehearses meets collects bakes grows sees
`);
const belonging = alternatives(`
  works studies goes_to attends reads listens_to watches gets takes plays_for is_the is_a is_an is_at is_in is_with volunteers subscribes_to pays_for has is_on uses
  coaches trains_(?:at|with) banks sings_in rents_from sees joined
`);
const consuming = alternatives(`
  is_reading is_watching is_taking is_playing is_writing is_doing is_studying is_working_on is_building is_learning reads
  takes is_attending is_renovating is_painting is_knitting started is_training_for
`);
const planning = alternatives(`
  will plans? wants is_planning is_thinking_of is_thinking_about is_hoping hopes intends is_looking_forward_to dreams_of
  is_going is_flying is_travell?ing is_moving is_visiting is_meeting is_having is_hosting is_driving is_saving
  is_training_for is_doing has booked is_booked signed_up_for is_getting is_throwing needs has_booked
`);
const loving = alternatives(
  "is_dating is_seeing is_engaged_to is_married_to is_with is_together_with has lives_with has_been_with",
);
const anything = `(?:${having}|${doing}|${belonging}|${planning}|${consuming}|is hosted|hosts|lives with|codes|writes|drinks|types|banks|shops|commutes|travels|cycles|walks|drives|listens|invests|sleeps|texts|cooks|deploys)`;

const adverbs =
  "(?:(?:has|have|just|finally|recently|already|now|officially|totally|completely|actually|also|was|had) )*";
const owner = "(?:(?:the|their|an?|some|all|that|this|those|any) )?(?:(?:old|beloved|trusty|whole) )?";
const thing = `${owner}(?<thing>[^,;:(]+?)`;
const circumstance = `(?: (?:last|this|in|on|at|yesterday|today|recently|ago|for|because|to|since|after|before|when|and|but|so|until|over|entirely|completely|altogether|already|now|as|by|from|of|due|once|with|anymore|years?|while|again|next|early|two|three|a|the)\\b.*)?$`;

/** A reason, a pattern that says that a thing has ended, and how statements about the thing begin. */
type Rule = readonly [why: string, said: string, about: string];

const rules: readonly Rule[] = [
  [
    "had and lost",
    `^user ${adverbs}(?:sold|lost|gave away|given away|got rid of|crashed|returned|wrecked|totall?ed|scrapped|donated|broke|traded in|threw out|threw away|ditched|cut off|shaved off|chopped off|gave back|handed back|wiped) ${thing}${circumstance}`,
    having,
  ],
  [
    "given up",
    `^user ${adverbs}(?:quit|stopped|gave up|given up|gone off|went off|is off|is done with|is through with|dropped|cut out|swore off|gave up on|given up on|kicked|packed in|hung up|put down|is over|stopped doing|stopped going to|stopped using|stopped taking|stopped drinking|stopped eating|stopped playing|stopped reading|has no more|weaned off|came off) ${thing}${circumstance}`,
    doing,
  ],
  [
    "left",
    `^user ${adverbs}(?:left|quit|resigned from|handed (?:in )?their notice(?: in)? at|dropped out of|got fired from|got laid off from|was fired from|was laid off from|unsubscribed from|cancell?ed|ended|deleted|closed|terminated|gave up|stepped down as|resigned as|retired as|switched away from|moved away from|moved off|got off|stopped paying for|stopped going to) ${thing}${circumstance}`,
    belonging,
  ],
  [
    "finished",
    `^user ${adverbs}(?:finished|completed|done with|wrapped up|is done with|gave up on|given up on|dropped|abandoned) (?:reading |watching |playing |writing )?${thing}${circumstance}`,
    consuming,
  ],
  [
    "called off",
    `^user ${adverbs}(?:cancell?ed|called off|gave up on|abandoned|dropped|decided against|postponed|scrapped|backed out of|pulled out of|is not going to|is not going on|is not doing|no longer wants|missed|skipped) ${thing}${circumstance}`,
    planning,
  ],
  [
    "parted",
    `^user ${adverbs}(?:broke up|split up|split|parted|divorced|separated|got divorced|called it off|broke it off)(?: with| from)? ${thing}${circumstance}`,
    loving,
  ],
  [
    "replaced",
    `\\b(?:switched|changed|moved|upgraded|downgraded|migrated|went|converted|switching|moving|transferred|swapped|ported)\\b[^,;]*? (?:away )?(?:from|off) ${thing} (?:to|onto|over to|into|for)\\b`,
    anything,
  ],
  [
    "replaced",
    `\\b(?:replaced|swapped|traded|exchanged|substituted|ditched|dropped|wiped) ${owner}(?<thing>[^,;:(]+?) (?:in |out )?(?:for|with|by|and put|and got|and bought)\\b`,
    anything,
  ],
  [
    "replaced",
    `\\binstead of (?:using |drinking |eating |taking |playing |driving )?${thing}${circumstance}`,
    anything,
  ],
  [
    "had and lost",
    `^user ${adverbs}(?:got|had) ${owner}(?<thing>[^,;:(]+?) (?:off|removed|taken out|taken off|cut off|stolen)\\b`,
    having,
  ],
  [
    "had and lost",
    `^user ${adverbs}(?:gave|passed|handed) (?:the|their|that) (?:old )?(?<thing>[^,;:(]+?) (?:on )?to (?:the|their|an?)\\b`,
    having,
  ],
  [
    "happened",
    `^user ${adverbs}(?:went to|visited|has been to|flew to|travell?ed to|tried|met|saw) ${thing}${circumstance}`,
    "(?:has|had) never (?:been to|visited|gone to|tried|met|seen)",
  ],
  [
    "passed",
    `^user ${adverbs}(?:passed|failed|aced|finished|sat|completed) ${thing}${circumstance}`,
    "is (?:studying|preparing|revising|training|cramming) for|has",
  ],
  [
    "found",
    `^user ${adverbs}(?:found|bought|got|adopted|purchased|passed|has) ${thing}${circumstance}`,
    "(?:does not have|has no|does not own|is looking for|is searching for|is hunting for|needs)(?: any)?",
  ],
  ["gone", `^(?<thing>\\p{L}+) (?:has |sadly )*(?:died|passed away)\\b`, `${having}|${loving}`],
  [
    "called off",
    `^user's (?<thing>[^,;:(]+?) (?:is|was|has been|got) (?:cancell?ed|called off|off|over|postponed)\\b`,
    planning,
  ],
  [
    "gone",
    `^user's (?<thing>[^,;:(]+?) (?:died|passed away|ran away|got stolen|was stolen|broke down for good|is gone)\\b`,
    having,
  ],
  [
    "called off",
    `^user ${adverbs}(?:decided not|changed their mind about|is not going|no longer plans) (?:to )?${thing}${circumstance}`,
    planning,
  ],
  ["replaced", `\\brather than ${thing}${circumstance}`, anything],
];
const compiled = rules.map(
  ([why, said, about]) => [why, new RegExp(said, "u"), new RegExp(`^(?:${about}) (.+)$`, "u")] as const,
);

/** Words of a thing that do not distinguish it from other things. */
const fillers = wordSet(
  "the a an my their his her our its some any of for in on at to and new old own whole all thing idea plan plans",
);

/** A thing that a statement says has ended. */
export interface EndedThing {
  readonly why: string;
  /** Its words in plain form. */
  readonly words: readonly string[];
  /** Whether it has a capital. If so, it is a name that no other thing has. */
  readonly isName: boolean;
  /** Whether it was a possession. If so, statements about it end, too. */
  readonly isOwning: boolean;
  readonly about: RegExp;
}

/** The things that a statement in the third person says have ended. */
export function endedThingsIn(text: string): readonly EndedThing[] {
  const original = withoutFullStop(text).replaceAll("’", "'");
  const statement = original.toLowerCase();
  if (
    /^user (?:will|wants|plans|might|hopes|never|does not|did not|is going to|needs|has not|is thinking) /.test(
      statement,
    )
  )
    return [];
  // What follows a comma is a reason: "gave up on Korean, too many exams".
  const firstPart = statement.split(/[,;:(]/, 1)[0]!;
  const stopped = stoppedDeedIn(firstPart);
  const found = compiled.flatMap(([why, said, about]) => {
    const named = said.exec(firstPart)?.groups?.["thing"];
    if (named === undefined) return [];
    const words = wordsIn(named)
      .filter((word) => !fillers.has(word))
      .map(plainOf);
    const at = statement.indexOf(named);
    const isName = /(?:^|[ "'])\p{Lu}/u.test(original.slice(at, at + named.length));
    return words.length === 0 || words.length > 5
      ? []
      : [{ why, words, isName, isOwning: why === "had and lost" || why === "gone", about }];
  });
  return stopped === null ? found : [...found, stopped];
}

const noLonger =
  /^user (?:(?:no longer|does not|do not) (?:ever )?(\p{L}{2,20}?) (.+?)(?: any ?more| these days| now)?|(?:(?:has )?(?:quit|stopped)|is (?:not|no longer)) (\p{L}{2,20})ing (.+?)(?: any ?more| these days| now)?)$/u;

/** "Does not drink coke anymore" ends "drinks two litres of coke a day": the same verb and thing. */
function stoppedDeedIn(statement: string): EndedThing | null {
  if (!/\b(?:no longer|any ?more|quit|stopped)\b/.test(statement)) return null;
  const [, verb, named, gerund, other] = noLonger.exec(statement) ?? [];
  const stem = (verb ?? gerund)?.replace(/(?:e?s|(?<=(.))\1)$/u, "");
  const words = keysOf(named ?? other ?? "").filter((word) => !fillers.has(word));
  if (stem === undefined || stem.length < 2 || words.length === 0 || words.length > 3) return null;
  const about = new RegExp(`^(?:is )?${stem}\\p{L}{0,4} (.+)$`, "u");
  return { why: "no longer", words, isName: false, isOwning: false, about };
}

/** Statements about a person's past deeds, which stay true: "has been to Rome". */
const experience =
  /^has (?!booked\b|signed\b)(?:been|gone|done|seen|had|made|met|taken|read|won|\p{L}+ed)\b/u;

const elsewhere = /^(?:from|near|about|like|than|until|before|without|after)$/;
const prepositions = wordSet(
  "in on at to for with by from near about of as into after before during since until",
);

/** Whether a statement in plain words is about this thing. */
export function isAboutThing(
  statement: string,
  { why, words, isName, isOwning, about }: EndedThing,
): boolean {
  const predicate = statement.replace(/^user (?:(?:now|also|still|really|usually|always|often) )?/, "");
  if (predicate === statement && !statement.startsWith("user's ")) return false;
  if (experience.test(predicate)) return false;
  const object =
    predicate === statement
      ? /^user's [^,]+? (?:is|are) (.+)$/.exec(statement)?.[1]
      : about.exec(predicate)?.[1];
  if (object === undefined || /^(?:not|never|no)\b/.test(object)) return false;
  if (predicate === statement && /^user's [\p{L} ]+ (?:is|are) /u.test(statement)) {
    const owned = keysOf(/^user's ([\p{L} ]+?) (?:is|are) /u.exec(statement)![1]!);
    if (isOwning && owned.join(" ") === words.join(" ")) return true;
  }
  if (predicate === statement && (!isName || (why === "left" && isAboutAnother(statement)))) return false;
  const found = (object.match(/[\p{L}\p{N}][\p{L}\p{N}'+#&.-]*|,/gu) ?? []).map((word) => plainOf(word));
  const at = found.indexOf(words.at(-1)!);
  if (at === -1 || !words.every((word) => found.includes(word))) return false;
  const first = Math.min(...words.map((word) => found.indexOf(word)));
  if (found.slice(0, first).some((word) => elsewhere.test(word))) return false;
  if (isName) return true;
  if (words.length > 1) return true;
  // A single noun must name the whole thing: not "coffee" in "coffee shop", not "beach" in "house at the beach".
  const next = found[at + 1];
  const before = found.slice(0, at);
  return (
    (next === undefined || next === "," || elaborations.has(next) || plainElaborations.has(next)) &&
    !before.some((word, index) => index > 0 && prepositions.has(word) && word !== "of")
  );
}

const plainElaborations = new Set([...elaborations, "a", "an", "per"].map(plainFormOf));

/** The words of a text, with the marks inside them: `c++`, `o'neill`. */
export function wordsIn(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}][\p{L}\p{N}'+#&.-]*/gu) ?? [];
}

function plainOf(word: string): string {
  return plainFormOf(synonymOf(word.replace(/\.$/, "")));
}

/** The words of a statement in plain form. The index of statements about things uses them. */
export function keysOf(statement: string): readonly string[] {
  return wordsIn(statement).map(plainOf);
}
