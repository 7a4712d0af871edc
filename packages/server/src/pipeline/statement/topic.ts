import { synonymOf, withDigits, withoutFullStop } from "./wordings.ts";
import { attributeSlotOf } from "./attributes.ts";
import {
  callings,
  diets,
  distinctBeings,
  occupations,
  pets,
  relationshipStates,
  relatives,
} from "./topic-words.ts";
import { isPast } from "./verb-forms.ts";

/** What a statement is about. */
export interface Topic {
  readonly factType: string | null;
  readonly slot: string | null;
  readonly retracts: boolean;
}

/** A kind of fact, its slot (`$1` is the first group of the pattern), and the pattern. */
type Rule = readonly [factType: string, slot: string | null, said: RegExp];

/** A pattern for the beginning of a statement. */
function begins(strings: TemplateStringsArray, ...words: string[]): RegExp {
  return new RegExp(`^(?:${String.raw(strings, ...words)})`, "u");
}

const count = String.raw`(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|\d+)`;
const some = String.raw`(?:[\p{L}\p{N}'-]+ ){0,4}?`;
const participle = String.raw`(?:\w+ed|been|done|eaten|gone|got|had|heard|made|met|read|seen|taken|won|written)`;
const circumstance = String.raw`(?:at|by|during|for|from|in|now|on|who|with)\b.*`;

/**
 * Rules about `User …`. The first that matches decides. They match the verb in plain form, without denial and adverbs:
 * `User does not live in Rome.` is `live in Rome`.
 */
const ownRules: readonly Rule[] = [
  // Standing instructions to the assistant.
  ["instruction", "instruction:language", begins`want answers in \p{Lu}`],
  ["instruction", "instruction:name", begins`want to be called \p{Lu}`],
  [
    "instruction",
    null,
    begins`want the assistant to\b|want (?:\w+ ){0,3}(?:answers|replies|responses|explanations)\b`,
  ],
  // Only a named place fills the slot: a user may live in a small town and in Ohio.
  ["home", "home", begins`(?:live|reside|is based|is living) in (?:(?:the )?\p{Lu}|(?!an?\b|the\b|their\b))`],
  ["home", "home", begins`(?:have )?(?:moved|relocated) (?:\w+ ){0,2}?to (?:the )?\p{Lu}`],
  ["home", null, begins`(?:live|reside|moved|relocated)\b`],
  ["birthday", "birthday", begins`was born on\b`],
  ["origin", null, begins`(?:is|come) (?:\w+ )?from\b|(?:was (?:born|raised)|grew up)\b`],
  [
    "age",
    "age",
    begins`(?:is|turned) \d{1,3}(?: years? old)?(?: (?:now|already|yesterday|today|last|this|in|on)\b.*)?$`,
  ],
  ["relationship", "relationship-status", begins`(?:is|got|have been) (?:\w+ )?${relationshipStates}\b`],
  [
    "education",
    "school",
    begins`(?:go to|attend|start(?:ed)? at|changed? to|moved to|is at) (?:\p{Lu}[\p{L}'.]* ){1,3}(?:primary|elementary|school|academy|college|high|kindergarten|nursery)`,
  ],
  ["relationship", "relationship-status", begins`(?:broke|split) up\b`],
  [
    "diet",
    "diet",
    begins`(?:is|became|have become) (?:an? )?(?:strict )?${diets}(?: (?:and|but|because|since|again)\b.*| ${circumstance})?$`,
  ],
  ["health", null, begins`(?:is|have)\b.*\b(?:allerg|intoleran|celiac|diabet|asthma|disabled|cancer)`],
  ["job", "job", begins`(?:work|is working|have worked) as\b`],
  ["job", "job:employer", begins`(?:work|started working|began working) (?:at|for) (?:the )?\p{Lu}`],
  [
    "job",
    "job",
    begins`(?:have )?(?:got|found|started|landed|took) an? (?:new )?(?:job|position) (?:as|at|with|in|for)\b`,
  ],
  ["job", "job", begins`(?:have )?retired\b(?! as (?!an?\b))`],
  ["name", "name", begins`is (?:now )?called \p{Lu}`],
  ["job", "job", begins`(?:quit|left|lost|resigned from) (?:their|the) (?:\w+ )?job\b`],
  ["job", "job", begins`(?:is|was|got|have|have been) (?:\w+ )?(?:fired|laid off|unemployed|retired)\b`],
  ["job", "job", begins`(?:is|became|have become) an? ${some}${occupations}(?: ${circumstance})?$`],
  ["job", null, begins`(?:is|became) an? ${some}${callings}\b|work\b`],
  ["education", null, begins`(?:study|studied|is studying|major|majored|graduated|teach|attend|attended)\b`],
  ["education", null, begins`(?:is|go|went)\b.* (?:student|school|college|university|grade)\b`],
  ["relationship", "children", begins`have ${count} (?:kids|children)$`],
  ["relationship", null, begins`(?:have|lost|adopted|met) ${some}${relatives}\b`],
  ["pet", null, begins`(?:have|own|adopted|got|bought|lost) ${some}${pets}\b`],
  ["diet", null, begins`(?:eat|drink)\b`],
  ["preference", null, begins`(?:like|love|enjoy|adore|prefer|hate|dislike|can stand)\b`],
  ["preference", null, begins`is (?:\w+ )?(?:into|fond|obsessed|passionate|interested|addicted)\b`],
  ["preference", null, begins`is an? ${some}(?:fan|lover|buff|enthusiast)\b`],
  ["plan", null, begins`(?:plan|hope|want|intend|dream|will|have wanted)\b`],
  ["plan", null, begins`is (?:going|planning|hoping|looking|thinking)\b`],
  [
    "ability",
    null,
    begins`(?:can|speak|know how)\b|is (?:\w+ )?(?:good|great|bad|terrible|fluent) (?:at|in)\b`,
  ],
  ["experience", null, begins`have ${participle}\b|was\b`],
  ["possession", null, begins`(?:own|drive|collect|have)\b(?! to\b)`],
  ["identity", null, begins`is\b(?! \w+ing\b)`],
];

/** Habits and states of the body that have one value at a time. */
const measures: readonly Rule[] = [
  [
    "health",
    "own:weight:amount",
    begins`weigh (?:about |around |now )?\d|(?:is )?down to \d+ ?(?:kg|kilos|pounds|lbs|stone)`,
  ],
  [
    "identity",
    "own:height:amount",
    begins`is (?:about )?\d[\d.,' ]*(?:cm|m|metres|meters|feet|foot|ft)?(?: \d+)? ?tall\b`,
  ],
  [
    "job",
    "own:salary:amount",
    begins`(?:earn|make|is on) (?:about |around )?[$€£]?\d[\d.,]*k?(?: \p{L}+)? (?:a|per) (?:year|month|hour)\b`,
  ],
  [
    "education",
    "grade",
    begins`is in (?:the )?(?:\d+(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth) grade\b|is in (?:year|grade) \d+|is in kindergarten`,
  ],
  ["activity", "wake-up", begins`(?:wake|get) up (?:at|around|before|by) \S`],
  ["activity", "bedtime", begins`(?:go to (?:bed|sleep)|is asleep|is in bed) (?:at|around|before|by) \S`],
  ["job", "own:boss:name", begins`report to \p{Lu}`],
  ["job", "team-size", begins`(?:run|lead|manage) a team of \d`],
  ["identity", "pronouns", begins`uses? (?:he|she|they|it|xe|ze)/\p{L}+`],
  ["identity", "time-zone", begins`is on \p{L}+ time\b`],
  ["name", "name", begins`(?:go|goes) by (?:the name )?\p{Lu}`],
  ["health", "dose:$1", begins`take \d[\d.,]* ?(?:mg|mcg|g|ml|units) (?:of )?(\p{L}+)`],
  ["activity", "smoking", begins`smoke (?:about |around )?\d+ (?:cigarettes )?(?:a|per) day`],
  [
    "activity",
    "coffees",
    begins`(?:drink|have) (?:about |around |only |like )?(?:one|\d+) (?:coffees?|cups? of coffee) (?:a|per) day`,
  ],
];

/** Rules about `User's …`. */
const belongingRules: readonly Rule[] = [
  ["name", "name", begins`(?:(?:full|first|real) )?name is\b`],
  ["home", "home", begins`home is in (?:the )?\p{Lu}`],
  ["age", "age", begins`age is\b`],
  ["birthday", "birthday", begins`birthday is\b`],
  ["job", "job", begins`(?:job|occupation|profession) is (?!\w+ing\b)`],
  ["identity", "pronouns", begins`pronouns are\b`],
  ["origin", "hometown", begins`home ?town is\b`],
  ["job", "job:employer", begins`employer is\b`],
  [
    "contact",
    "contact:$1",
    begins`(?:new |current |main )?(e-?mail|phone|address)(?: (?:number|address))? is\b`,
  ],
  [
    "preference",
    "favourite:$1",
    begins`(?:new |current )?favou?rite (?!(?:things?|parts?) )([\p{L}\p{N} '-]{1,60}?) (?:is|are|was|were)\b`,
  ],
  ["relationship", null, begins`${some}(?:${relatives}|friends?)\b`],
  ["pet", null, begins`${some}${pets}\b`],
];

/** People and animals whose own home, job and age are remembered. */
const being = new RegExp(
  `^((?:(?:${relatives})'s )?${distinctBeings})(?:,? (\\p{Lu}[\\p{L}'-]*),?)? (\\p{Ll}.*)$`,
  "u",
);
const namedBeing = /^(\p{Lu}\p{Ll}[\p{L}'-]*) (\p{Ll}.*)$/u;
const slotsOfBeings = new Set([
  "home",
  "job",
  "job:employer",
  "age",
  "relationship-status",
  "diet",
  "birthday",
  "school",
  "grade",
]);

/** The topic of a statement about another person. The slot has the name, or the relation if the user gave no name. */
function topicOfBeing(said: string): Topic | null {
  const [, relation, name, predicate] = being.exec(said.charAt(0).toLowerCase() + said.slice(1)) ?? [];
  if (relation === undefined || predicate === undefined) return null;
  return beingTopic(name ?? relation, predicate);
}

function beingTopic(key: string, predicate: string): Topic {
  const { slot, retracts } = topicOf(`User ${predicate}.`);
  const isOwn = slot !== null && slotsOfBeings.has(slot) && !/^(?:are|were)\b/.test(predicate);
  return {
    factType: "relationship",
    slot: isOwn ? `${synonymOf(key.toLowerCase())}:${slot}` : null,
    retracts,
  };
}

/** Removes the fact type if no rule gave a slot: the text does not begin with the user and may be about anything. */
function knownOnly(topic: Topic): Topic {
  return topic.slot === null ? { ...topic, factType: null } : topic;
}

const ended =
  /\bno longer\b|\bnot\b.*\bany ?more$|^(?:quit|stopped|gave up) (?:their\b|\w+ing\b|\w+$)|^(?:left|lost) their job\b/;
const denial = /^(?:does not|never|no longer)\b ?|^(is|has|was|can)(?: not| never| no longer)\b/;
const adverbs = /^(is |has |was )?(?:(?:also|always|just|now|often|still|sometimes|\w+ly) )+/;

/** What a statement in the third person is about. A denial has no slot: it does not say what is true instead. */
export function topicOf(text: string): Topic {
  const [, possession, said] = /^User('s)? (.*)$/su.exec(withoutFullStop(text)) ?? [];
  if (said === undefined) {
    const [, name, predicate] = namedBeing.exec(withoutFullStop(text)) ?? [];
    return name === undefined || predicate === undefined
      ? { factType: null, slot: null, retracts: false }
      : knownOnly(beingTopic(name, predicate));
  }
  const ofBeing = possession === undefined ? null : topicOfBeing(said);
  if (ofBeing !== null && ofBeing.slot !== null)
    return new RegExp(`^${some}${pets}\\b`).test(said) ? { ...ofBeing, factType: "pet" } : ofBeing;
  const affirmed = withDigits(said).replace(denial, "$1").trim();
  const plain = possession === undefined ? plainPredicateOf(affirmed) : affirmed;
  const retracts = ended.test(said);
  for (const [factType, slot, pattern] of possession === undefined
    ? [...measures, ...ownRules]
    : belongingRules) {
    const found = pattern.exec(plain);
    if (found === null) continue;
    const filled =
      slot === null || affirmed !== withDigits(said) ? null : slot.replace("$1", singularOf(found[1] ?? ""));
    return { factType, slot: filled, retracts };
  }
  if (possession !== undefined) return { factType: null, slot: attributeSlotOf(withDigits(said)), retracts };
  return { factType: deedTypeOf(plain), slot: null, retracts };
}

/** The type of a statement that no rule matches: something that the user did or does. */
function deedTypeOf(predicate: string): string | null {
  const [verb] = /^\p{Ll}+/u.exec(predicate) ?? [];
  if (verb === undefined) return null;
  return isPast(verb) === true ? "experience" : "activity";
}

/** Gives "favourite bands" and "favourite band" the same slot. */
function singularOf(thing: string): string {
  const lower = synonymOf(thing.toLowerCase());
  if (/(?:mov|cook)ies$/.test(lower)) return lower.slice(0, -1);
  return lower.endsWith("series") ? lower : lower.replace(/ies$/, "y").replace(/(?<=[^su])s$/, "");
}

function plainPredicateOf(said: string): string {
  return said.replace(adverbs, "$1").replace(/^\p{Ll}+/u, plainVerbOf);
}

function plainVerbOf(verb: string): string {
  if (verb === "has") return "have";
  if (/^(?:is|was)$|ss$/.test(verb)) return verb;
  return verb.replace(/ies$/, "y").replace(/(?<=[sxzo]|ch|sh)es$|(?<=[^s])s$/, "");
}
