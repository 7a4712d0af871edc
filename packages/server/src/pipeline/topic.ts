import { callings, diets, occupations, pets, relationshipStates, relatives } from "./topic-words.ts";

/** What a claim is about. */
export interface Topic {
  readonly factType: string | null;
  readonly slot: string | null;
  readonly retracts: boolean;
}

/** A kind of fact, what it fills (`$1` is the pattern's first group), and how it is said. */
type Rule = readonly [factType: string, slot: string | null, pattern: RegExp];

const pattern = (source: string) => new RegExp(`^${source}`, "u");
const count = String.raw`(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|\d+)`;
const things = String.raw`(?:[\p{L}\p{N}'-]+ ){0,4}?`;

/**
 * Rules about `User …`; the first that fits decides. They read the claim with its verb in plain form and without
 * denial or adverbs: `User does not live in Rome.` is `live in Rome`.
 */
const ownRules: readonly Rule[] = [
  // Only a place with a name excludes another: one may live in a small town and in Ohio.
  ["home", "home", pattern(String.raw`(?:live|reside|is based|is living) in (?:the )?\p{Lu}`)],
  ["home", "home", pattern(String.raw`(?:have )?(?:moved|relocated) (?:\w+ )?to (?:the )?\p{Lu}`)],
  ["home", null, pattern(String.raw`(?:live|reside|moved|relocated)\b`)],
  ["birthday", "birthday", pattern(String.raw`was born on\b`)],
  ["origin", null, pattern(String.raw`(?:is|come|was born|was raised|grew up)\b.* (?:from|in|near)\b`)],
  ["age", "age", pattern(String.raw`(?:is|turned) \d{1,3}(?: years? old)?$`)],
  ["relationship", "relationship-status", pattern(String.raw`(?:is|got|have been) (?:\w+ )?${relationshipStates}\b`)],
  ["diet", "diet", pattern(String.raw`(?:is|became|have become) (?:an? )?(?:strict )?${diets}\b`)],
  ["health", null, pattern(String.raw`(?:is|have)\b.*\b(?:allerg|intoleran|celiac|diabet|asthma|disabled|cancer)`)],
  ["job", "job", pattern(String.raw`(?:work|is working|have worked) as\b`)],
  ["job", "job:employer", pattern(String.raw`work (?:at|for) (?:the )?\p{Lu}`)],
  ["job", "job", pattern(String.raw`(?:quit|left|lost|resigned from) (?:their|the) (?:\w+ )?job\b`)],
  ["job", "job", pattern(String.raw`(?:is|was|got|have been|have) (?:\w+ )?(?:fired|laid off|unemployed|retired)\b`)],
  [
    "job",
    "job",
    pattern(String.raw`(?:is|became|have become) an? ${things}${occupations}(?: (?:at|for|in|by|and|on|from|with|who)\b.*)?$`),
  ],
  ["job", null, pattern(String.raw`(?:is|became) an? ${things}${callings}\b|work\b`)],
  ["education", null, pattern(String.raw`(?:study|studied|is studying|major|majored|graduated|teach|attend|attended)\b`)],
  ["education", null, pattern(String.raw`(?:is|go|went)\b.* (?:student|school|college|university|grade)\b`)],
  ["relationship", "children", pattern(String.raw`have ${count} (?:kids|children)$`)],
  ["relationship", null, pattern(String.raw`(?:have|lost|adopted|met) ${things}${relatives}\b`)],
  ["pet", null, pattern(String.raw`(?:have|own|adopted|got|bought|lost) ${things}${pets}\b`)],
  ["diet", null, pattern(String.raw`(?:eat|drink)\b`)],
  ["preference", null, pattern(String.raw`(?:like|love|enjoy|adore|prefer|hate|dislike|can stand|have always loved)\b`)],
  ["preference", null, pattern(String.raw`is (?:\w+ )?(?:into|fond|obsessed|passionate|interested|addicted)\b`)],
  ["preference", null, pattern(String.raw`is an? ${things}(?:fan|lover|buff|enthusiast)\b`)],
  ["plan", null, pattern(String.raw`(?:plan|hope|want|intend|dream|will|have always wanted|is going|is planning|is looking)\b`)],
  ["ability", null, pattern(String.raw`(?:can|speak|know how)\b|is (?:\w+ )?(?:good|great|bad|terrible|fluent) (?:at|in)\b`)],
  ["possession", null, pattern(String.raw`(?:own|drive|collect|have)\b(?! (?:\w+ed|been|gone|done|seen)\b)`)],
  ["identity", null, pattern(String.raw`is\b(?! \w+ing\b)`)],
  ["experience", null, pattern(String.raw`(?:have|was|used|went|saw|had|met|did|took|made|won|got|grew|\w+ed)\b`)],
  ["activity", null, pattern(String.raw`(?:play|read|run|go|watch|write|cook|bake|practice|train|volunteer|spend|travel|sing|draw|paint|hike|swim|exercise|knit|dance|collect|garden|listen|is \w+ing)\b`)],
];

/** Rules about `User's …`. */
const belongingRules: readonly Rule[] = [
  ["name", "name", pattern(String.raw`(?:(?:full|first|real) )?name is\b`)],
  ["age", "age", pattern(String.raw`age is\b`)],
  ["birthday", "birthday", pattern(String.raw`birthday is\b`)],
  ["job", "job", pattern(String.raw`(?:job|occupation|profession) is (?!\w+ing\b)`)],
  ["identity", "pronouns", pattern(String.raw`pronouns are\b`)],
  ["origin", "hometown", pattern(String.raw`home ?town is\b`)],
  ["contact", "contact:$1", pattern(String.raw`(e-?mail|phone|address)(?: (?:number|address))? is\b`)],
  ["preference", "favourite:$1", pattern(String.raw`favou?rite ([\p{L}\p{N} '-]{1,60}?) (?:is|are|was|were)\b`)],
  ["relationship", null, pattern(String.raw`${things}${relatives}\b`)],
  ["pet", null, pattern(String.raw`${things}${pets}\b`)],
];

const ended = /\bno longer\b|\bnot\b.*\bany ?more$|^(?:quit|stopped|left|lost|gave up) (?:their\b|\w+ing\b|\w+$)/;
const adverb = "(?:also|always|currently|just|mostly|now|often|originally|really|recently|still|usually)";
const denial = /^(?:does not|never|no longer)\b ?|^(is|has|was|can)(?: not| never| no longer)\b/;

/** What a claim in the third person is about; a denial fills no slot, since it leaves open what holds instead. */
export function topicOf(text: string): Topic {
  const match = /^User('s)? (.*?)[.!…]*$/su.exec(text);
  if (match === null) return { factType: null, slot: null, retracts: false };
  const [, possession, said] = match as unknown as [string, string | undefined, string];
  const retracts = ended.test(said);
  const affirmed = said.replace(denial, "$1").trim();
  const plain = possession === undefined ? plainPredicateOf(affirmed) : affirmed;
  for (const [factType, slot, how] of possession === undefined ? ownRules : belongingRules) {
    const found = how.exec(plain);
    if (found === null) continue;
    const filled = slot?.replace("$1", singularOf(found[1] ?? "")) ?? null;
    return { factType, slot: affirmed === said ? filled : null, retracts };
  }
  return { factType: null, slot: null, retracts };
}

/** So that one's favourite bands and one's favourite band are one slot. */
function singularOf(thing: string): string {
  return thing.toLowerCase().replace(/(?<=[^su])s$/, "");
}

const adverbs = new RegExp(`^(is |has |was )?(?:${adverb} )+`);

function plainPredicateOf(said: string): string {
  return said.replace(adverbs, "$1").replace(/^\p{Ll}+/u, plainVerbOf);
}

function plainVerbOf(verb: string): string {
  if (verb === "has") return "have";
  if (/^(?:is|was)$|ss$/.test(verb)) return verb;
  return verb.replace(/ies$/, "y").replace(/(?<=[sxzo]|ch|sh)es$|(?<=[^s])s$/, "");
}
