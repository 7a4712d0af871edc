import { wordSet } from "../../word-lists.ts";
import { isAboutOther, type Clause } from "./clause.ts";
import { conjugate } from "./conjugation.ts";
import { isOwnThing } from "./own-things.ts";
import { textOf, type Token } from "./reader.ts";

/** Words that connect a clause with the conversation and add nothing. */
const ties = wordSet("also actually honestly basically literally definitely anyway lol haha");
/** Such words at the end of a clause. */
const finalTies = wordSet("too either though tho anyways");
const finalTie = /,? (?:by the way|to be honest|in fact|you know|of course|btw|tbh)$/i;

/** ", Jon" at the end names the person whom the speaker addresses, unless a name is before it: "Paris, Texas". */
const vocative =
  /(?<=\p{Ll}), \p{Lu}\p{Ll}+(?=\s*[.!?]*$)(?<!\p{Lu}\p{L}*, \p{Lu}\p{Ll}+)(?<!,.*, \p{Lu}\p{Ll}+)/u;

/** Adverbs at the end of a clause. The words to which they belong were cut off. */
const looseEnd = / (?:not|even|just|only|like|so|really|especially|mostly|than)[.,!;: ]{0,3}$/;

/** How the rest of the sentence refers to the speaker. */
const pronouns: Readonly<Record<string, string>> = {
  i: "they",
  me: "User",
  my: "their",
  mine: "theirs",
  myself: "themselves",
  we: "they",
  our: "their",
  ours: "theirs",
};

/** What people share with their household: "we have two kids" is true of the speaker, too. */
const shared =
  /^we (?:just |recently |finally |also |both |all |still |currently |now |already |mostly |usually |always )*(?:are (?:just |still |currently |now |already )*(?:renting|living|based|staying)\b|live (?:in|on|at|with|near)|lived (?:in|on|at)|are living|moved|relocated|are moving|(?:have been|are) (?:in|living in|living at|renting) (?!this\b|it\b)|do not (?:have an? (?!(?:clue|idea|choice|problem|lot|way|chance|plan)\b)|own|eat|drive|celebrate|keep|speak)|are (?:due|having an?|expecting|adopting|planning|renovating|remodeling|fostering|homeschooling|saving|buying|selling|hosting|visiting|flying|driving|celebrating|going (?:to|on|camping|hiking))|(?:bought|sold|adopted|rented|visited|went|flew|drove|celebrated|hosted|planted|named|renamed|hiked|camped|toured|rescued|cancelled|canceled|switched|stopped|booked|hired|painted|baked|watched|attended|opened|started|joined)|(?:own|rent|speak|celebrate|homeschool|use|pay for|subscribe to|owe|keep|eat|drive|foster)|(?:have|have got|had) an? (?!(?:lot|great|good|nice|fun|blast|time|chat|conversation|bond|connection|ball|wonderful|amazing|bit|few|similar)\b)|are (?:flying|vegan|vegetarian|renting|staying|driving|off to)|(?:got|are|are getting) (?:married|engaged|divorced)|(?:have|had|own|adopted|bought) (?:no|an?|one|two|three|four|five|six|\d+) (?:\w+ ){0,2}(?:kids?|child|children|sons?|daughters?|baby|dogs?|pupp(?:y|ies)|cats?|kittens?|rabbits?|horses?|hamsters?|parrots?|pets?|car|house|home|farm|apartment))\b/;

/** What "we" says about everybody, about the conversation, or as a wish. */
const notOwn =
  /^we (?:\w+ )?(?:need|should|can|could|must|will|would|may|might|shall|all|rock|talk(?:ed)?|chatted|met|spoke|discuss\w*|feel|felt|think|thought|knew|know|believe|help\w*|support\w*|face|learn\w*|grow|grew)\b|\b(?:you|your|together|each other|all|both|everyone|people|one another|same|world|humans?|society|community)\b/;
/** Verbs that say little without a thing of the user's: "we had fun", "we got the keys to a house". */
const weakVerbs =
  /^we (?:\w+ )?(?:were|had|got|gets?|go(?! (?:to|on|camping|hiking|for|every))|have some|see|saw|share[ds]?(?! (?:an?|the) (?:flat|house|room|apartment|car|office|kitchen|garden)\b)|live|made|did|try|tried|kept|look(?!ing for)\w*|find|found|become|became|be|took (?:an?|the|some|part|care|time|our)\b|create\w*|work\w*|held|raised|managed|decided|agreed?|make an?|do not|are|have (?:not|come|put(?! (?:aside|away|by|down)\b)|\w+ed|a lot|lots|so|the (?:power|chance|same)|fun|to|our|been|different|faced?))\b/;

function isShared({ tokens, verbAt }: Pick<Clause, "tokens" | "verbAt">): boolean {
  const clause = textOf(tokens).toLowerCase();
  if (shared.test(clause)) return true;
  if (notOwn.test(clause)) return false;
  const isWeak = weakVerbs.test(clause) && !/^we are (?:not |no longer )?\w+ing\b/.test(clause);
  return !isWeak || tokens.slice(verbAt + 1).some(isConcrete);
}

/** A name, a number, or a thing that is usually the user's own. */
function isConcrete({ tag, text, lower }: Token): boolean {
  return (tag === "PROPN" && text !== lower) || tag === "NUM" || isOwnThing(lower);
}

/** Turns a clause into the third person, such as `User lives in Oslo.`; null if that is not safe. */
export function toThirdPerson({ kind, tokens, verbAt, preamble }: Clause): string | null {
  if (kind === "we" && !isShared({ tokens, verbAt })) return null;
  const finite = tokens[verbAt];
  const said = tokens.filter(
    (token, at) =>
      token === finite ||
      !(isTie(tokens, at) || (at < verbAt && /^(?:just|even|really|simply)$/.test(token.lower))),
  );
  const conjugated = conjugate({ kind, tokens: said, verbAt: said.findIndex((token) => token === finite) });
  if (conjugated === null) return null;
  const rest = [...conjugated.slice(1), ...asAddition(preamble)];
  const text = textOf([
    nameSubject({ kind, tokens }),
    ...renameSpeaker(rest, isAboutOther({ kind, tokens })),
  ]);
  return `${text
    .replace(vocative, "")
    .replace(looseEnd, "")
    .replace(/(?<![\s.,;:!?…–—(-])[\s.,;:!?…–—(-]+(?=["”)]?$)/u, "")
    .replace(finalTie, "")}.`;
}

function isTie(tokens: readonly Token[], at: number): boolean {
  const { lower } = tokens[at]!;
  // In "I am no fan myself" the last word adds nothing; in "I taught myself" it is the object.
  if (lower === "myself" && tokens[at - 1]?.tag !== "VERB" && tokens[at - 1]?.tag !== "ADP")
    return tokens[at + 1] === undefined;
  // "My mom and I made dinner together": the others are not named.
  if (lower === "together") return tokens[at - 1]?.tag === "NOUN" && tokens[0]?.lower === "i";
  if (ties.has(lower)) return true;
  const next = tokens[at + 1];
  const isLast = next === undefined || next.tag === "PUNCT" || next.tag === "CCONJ";
  if (finalTies.has(lower)) return isLast;
  if (lower === "as") return next?.lower === "well" && tokens[at + 2]?.lower !== "as";
  return lower === "well" && tokens[at - 1]?.lower === "as" && next?.lower !== "as";
}

function nameSubject(clause: Pick<Clause, "kind" | "tokens">): Token {
  const first = clause.tokens[0]!;
  if (!isAboutOther(clause)) return { ...first, text: clause.kind === "my" ? "User's" : "User" };
  return { ...first, text: first.text.charAt(0).toUpperCase() + first.text.slice(1) };
}

/** Puts pronouns into the third person. If the user was not named before, "my" is "User's" and not "their". */
function renameSpeaker(tokens: readonly Token[], isUserUnnamed: boolean): readonly Token[] {
  let isNamedAgain = false;
  return tokens.map((token, at) => {
    const { lower } = token;
    const previous = tokens.slice(Math.max(0, at - 2), at).findLast(({ tag }) => tag !== "ADV");
    if (lower === "i") isNamedAgain = true;
    const next = tokens[at + 1];
    if (next?.lower === "-" && next.space === "") return token; // "me-time"
    // "They" takes a plural verb.
    if (lower === "am") return { ...token, text: isNamedAgain ? "are" : "is" };
    if (lower === "was" && previous?.lower === "i") return { ...token, text: "were" };
    if (!Object.hasOwn(pronouns, lower)) return token;
    return {
      ...token,
      text: isUserUnnamed && (lower === "my" || lower === "our") ? "User's" : pronouns[lower]!,
    };
  });
}

/** The preamble, to be appended to the clause. */
function asAddition(preamble: readonly Token[]): readonly Token[] {
  // "When I was younger, my family and I …": the family is not a part of the time.
  const comma = preamble.findIndex(({ lower }) => lower === ",");
  const [first, ...others] = comma > 0 ? preamble.slice(0, comma) : preamble;
  if (first === undefined) return [];
  // "Saturdays I work", "mornings I swim"
  if (/^(?:\p{L}+days|weekends)$/u.test(first.lower))
    return [{ ...first, text: `on ${first.text}`, space: " " }, ...others];
  if (/^(?:mornings|afternoons|evenings)$/.test(first.lower))
    return [{ ...first, text: `in the ${first.lower}`, space: " " }, ...others];
  return [{ ...first, text: first.lower, space: " " }, ...others];
}
