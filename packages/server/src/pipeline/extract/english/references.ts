import type { PartOfSpeech } from "wink-nlp";
import { alternatives, wordSet } from "../../word-lists.ts";
import { callings, occupations, pets, relatives } from "../../statement/topic-words.ts";
import type { Clause } from "./clause.ts";
import { isOwnThing } from "./own-things.ts";
import type { Token } from "./reader.ts";
import { isVerb, pluralNouns } from "./subject.ts";

const others = wordSet("you your yours yourself yourselves u ur ya us ourselves ours");
const things = wordSet("it its itself");
const people = wordSet("he him his she her hers they them their theirs themselves");
const pointers = wordSet("this these those such both another same here there");
/** Parts of speech that can follow a quantity without a noun: "I like some, but …". */
const standsAlone = new Set<PartOfSpeech>(["PUNCT", "ADV", "CCONJ", "PART"]);
const quantities = wordSet(
  "one ones two three some any many most all none few several each either neither more",
);

const isMany = /^the/;
const somebody = new RegExp(
  `^(?:${relatives}|${pets}|${occupations}|${callings}|${alternatives(`
    friends? bestie pal mate buddy colleague coworker co-worker boss manager neighbou?r roommate flatmate teacher student man woman boy
    girl guy lady kid teen person mentor coach landlord client
  `)})$`,
);

function isPerson({ tag, lower }: Token): boolean {
  return tag === "PROPN" || somebody.test(lower);
}

/** What "they" can refer to. */
function isGroup(noun: Token): boolean {
  return /[^s]s$/.test(noun.lower) || pluralNouns.has(noun.lower) || isPerson(noun);
}

const objectPronouns = wordSet("it him them itself");

/** "This week" is a time and does not refer to what was said before. */
const times = wordSet(
  "morning afternoon evening weekend week month year summer winter spring fall autumn semester season term time days",
);

const monthsAndDays = new RegExp(
  `^${alternatives("January February March April May June July August September October November December \\p{Lu}\\p{Ll}+day Christmas Easter")}$`,
  "u",
);

/** Prepositions that say where something is. */
const places = wordSet("in on at near behind outside inside across off under above beside opposite");

/** Prepositions before a place or a time without which a clause is still true. */
const circumstances = wordSet("in on at near behind outside inside across off for during until from");

/** Nouns that a pronoun rarely refers to. */
const vagueNouns = wordSet("lot lots bit kind sort way time fun thing things day");

/** Words before which a clause can be cut. */
const cuts = wordSet(
  "because when while since although though after before as until if unless than so and but or who which , - – — ; : (",
);

/**
 * Cuts off the words that refer to something outside the clause: "you", "that", "it" without a noun. Null if nothing would be
 * left.
 */
export function withoutForeignReferences(clause: Clause): Clause | null {
  const isUnclear = clause.preamble.some((_, at) =>
    isForeign(clause.preamble, at, clause.preamble.length, true),
  );
  // "Since the accident I take the bus": without its time the clause is still true.
  if (isUnclear && clause.preamble.some(isVerb)) return null;
  if (isUnclear) return withoutForeignReferences({ ...clause, preamble: [] });
  const { tokens, verbAt, kind } = clause;
  const at = tokens.findIndex((_, index) => isForeign(tokens, index, verbAt, kind === "my"));
  if (at === -1) return clause;
  // "We adopted a dog from the shelter", "for this session": only the place or time is unclear.
  const isPlaceOnly =
    (tokens[at]!.lower === "the"
      ? tokens[at - 1]?.tag === "ADP"
      : pointers.has(tokens[at]!.lower) && circumstances.has(tokens[at - 1]?.lower ?? "")) &&
    at - 1 > verbAt + 1 &&
    !isVerb(tokens[at - 2]!) &&
    tokens.slice(verbAt + 1, at - 1).some(({ tag }) => tag === "NOUN" || tag === "PROPN");
  if (isPlaceOnly) return { ...clause, tokens: tokens.slice(0, at - 1) };
  const cut = tokens.findLastIndex(
    ({ lower }, index) =>
      index <= at &&
      (cuts.has(lower) || isPurpose(tokens, index, verbAt) || isAddition(tokens, index, verbAt)),
  );
  // "A safe and loving home for these kids": the first half alone is not a thing.
  const isHalf = /^(?:and|or)$/.test(tokens[cut]?.lower ?? "") && tokens[cut - 2]?.tag === "DET";
  return cut > verbAt + 1 && !isHalf && !narrows(tokens, cut)
    ? { ...clause, tokens: tokens.slice(0, cut) }
    : null;
}

/** "I am going to Iceland to chase …": without its purpose the clause is still true. */
function isPurpose(tokens: readonly Token[], at: number, verbAt: number): boolean {
  const isInfinitive = tokens[at]!.lower === "to" && tokens[at + 1] !== undefined && isVerb(tokens[at + 1]!);
  return isInfinitive && at > verbAt + 2 && tokens[at - 1]!.tag === "PROPN";
}

/** "We drive an Odyssey with a lot of miles on it": without this the clause is still true. */
function isAddition(tokens: readonly Token[], index: number, verbAt: number): boolean {
  const before = tokens[index - 1];
  return (
    tokens[index]!.lower === "with" &&
    index > verbAt + 2 &&
    (before?.tag === "NOUN" || before?.tag === "PROPN") &&
    tokens.slice(index).some(({ lower }) => things.has(lower))
  );
}

/** Whether the clause from `cut` on says which of all such things are meant: "kids who have not had that", "people that …". */
function narrows(tokens: readonly Token[], cut: number): boolean {
  if (!/^(?:who|which)$/.test(tokens[cut]!.lower)) return false;
  let at = cut - 1;
  while (at > 0 && (tokens[at]!.tag === "NOUN" || tokens[at]!.tag === "ADJ")) at -= 1;
  return at < cut - 1 && !/^(?:DET|NUM|PRON|PROPN|PUNCT)$/.test(tokens[at]!.tag);
}

function isForeign(tokens: readonly Token[], at: number, verbAt: number, subjectIsNoun: boolean): boolean {
  const { lower, text } = tokens[at]!;
  const next = tokens[at + 1];
  if (others.has(lower)) return text !== "US" && !(text === "U" && next?.lower === "of");
  if (things.has(lower) && text === "IT") return false;
  if (things.has(lower)) return !isNamed(tokens, verbAt, at);
  if (tokens[at + 1]?.lower === "/" || tokens[at - 1]?.lower === "/") return false; // "they/them"
  if (people.has(lower))
    return !isNamed(tokens, subjectIsNoun ? 0 : verbAt, at, isMany.test(lower) ? isGroup : isPerson);
  if (pointers.has(lower))
    return (
      next === undefined || !(times.has(next.lower) || monthsAndDays.test(next.text) || next.lower === "of")
    );
  // "Our speciality is the pike dumpling"
  if (lower === "the" && subjectIsNoun && at === verbAt + 1 && isBelonging(tokens[0]!)) return false;
  if (lower === "the") return isUnknownThing(tokens, at);
  if (lower === "one" && (tokens[at - 1]?.lower === "the" || (next?.tag === "ADP" && next.lower !== "of")))
    return true;
  if (quantities.has(lower) && tokens[at - 1]?.lower !== "of")
    return (
      next === undefined ||
      (standsAlone.has(next.tag) && !(next.lower === "-" && next.space === "")) ||
      /^(?:named|called)$/.test(next.lower)
    );
  if (lower === "that") return pointsBack(tokens[at - 1], next);
  return false;
}

function isBelonging({ lower }: Token): boolean {
  return lower === "my" || lower === "our";
}

/** Things that people name with "the" although they have not mentioned them before. */
const knownThings = new RegExp(
  `${alternatives(`
    beach outdoors country countryside city suburbs mountains? ocean sea sky moon sun stars lake river woods forest desert
    snow rain heat cold weather world earth universe internet web radio tv news army navy military marines force
    government police church gym park pool zoo library mall movies theat(?:er|re)s? cinema museum bank hospital office
    tube tram metro underground ferry store shop market bakery school university college airport station subway bus train doctor dentist hairdresser club
    bar pub shelter farm house home kitchen garden yard bathtub bath shower piano guitar violin drums flute cello
    saxophone trumpet clarinet harp ukulele viola banjo bass organ tuba kids children wife husband wifey missus family
    dogs? cats? baby morning mornings evening evenings afternoon afternoons night nights weekend weekends weekday
    weekdays week month year summer winter spring fall autumn holidays day days time times past future holiday moment
    way same homeless elderly poor needy disabled blind team band choir olympics bible business service industry field
    arts end beginning top bottom middle side front back lead floor couch bed road go phone computer gun rent mortgage bills? cooking cleaning laundry dishes shopping boys girls shifts?
  `)}$`,
);
const endings = new RegExp(
  `^${alternatives(`
    stopped quit quitting gave sold cancell?ed dropped ended finished lost left returned replaced replacing renamed moved
    changed switched postponed rescheduled abandoned ditched traded called broke booked got bought longer stop deleted migrated ported
    upgraded downgraded rewrote converted installed uninstalled scrapped binned launched released shipped fixed repaired deployed merged
    hired fired signed passed failed won joined closed opened handed sell give rename move cancel quit stop leave drop replace switch close
  `)}$`,
);
const qualifiers = wordSet(
  "to into onto off of for in at with from on by about that who which where between near when i 's",
);

/** "The details", "the yellow leaves": a thing that only the conversation explains. */
function isUnknownThing(tokens: readonly Token[], at: number): boolean {
  // A thing that the user ends, changes or loses was probably mentioned before.
  if (tokens.slice(0, at).some(({ lower }) => endings.test(lower))) return false;
  if (
    tokens
      .slice(0, at)
      .some(({ lower }) => /^(?:play|plays|played|playing|learn|learning|practi[sc]\w+)$/.test(lower))
  )
    return false;
  let end = at + 1;
  while (
    end < tokens.length &&
    (tokens[end]!.tag === "NOUN" ||
      tokens[end]!.tag === "ADJ" ||
      tokens[end]!.lower === "-" ||
      // "The rich, bold flavour"
      (tokens[end]!.lower === "," && tokens[end - 1]!.tag === "ADJ" && tokens[end + 1]?.tag === "ADJ"))
  )
    end += 1;
  const noun = tokens[end - 1]!;
  const next = tokens[end];
  // "In the attic" only says where something is, so the place need not be known.
  const before = tokens[at - 1]?.lower ?? "";
  if (places.has(before) || (before === "of" && tokens[at - 2]?.lower === "out")) return false;
  if (end === at + 1 || noun.tag !== "NOUN" || knownThings.test(noun.lower) || isOwnThing(noun.lower))
    return false;
  if (next === undefined) return true;
  const isInfinitive = next.lower === "to" && tokens[end + 1]?.tag === "VERB";
  return (
    next.tag !== "PROPN" &&
    next.tag !== "NUM" &&
    next.lower !== "'s" &&
    !(qualifiers.has(next.lower) && !isInfinitive)
  );
}

/** "I love that movie" and "I like that" refer to what was said before. "A dog that barks" does not. */
function pointsBack(previous: Token | undefined, next: Token | undefined): boolean {
  if (next === undefined || next.tag === "PUNCT") return true;
  const isObject = previous?.tag === "VERB" || previous?.tag === "ADP" || previous?.tag === "AUX";
  return isObject && (next.tag === "NOUN" || next.tag === "ADJ" || next.tag === "ADP" || next.tag === "ADV");
}

/** Whether the pronoun can refer to a noun after `from`. */
function isNamed(
  tokens: readonly Token[],
  from: number,
  at: number,
  fits: (noun: Token) => boolean = () => true,
): boolean {
  const noun = tokens.findLastIndex(
    (token, index) =>
      index >= from &&
      index < at &&
      (token.tag === "NOUN" || token.tag === "PROPN") &&
      !isVague(token.lower) &&
      fits(token),
  );
  if (noun === -1) return false;
  // In "I play games with them", "them" cannot be the games.
  const previous = tokens[at - 1]!;
  const isObject = objectPronouns.has(tokens[at]!.lower) && (isVerb(previous) || previous.tag === "ADP");
  return !isObject || tokens.slice(noun, at).some(isVerb);
}

function isVague(noun: string): boolean {
  return vagueNouns.has(noun) || noun.endsWith("ing");
}
