import { alternatives } from "./alternatives.ts";
import { withoutFullStop } from "./full-stop.ts";
import { carriesOut, deedOf, planning, planOf } from "./plans.ts";
import { pets } from "./topic-words.ts";
import { wordSet } from "./word-set.ts";
import { inPlainWords } from "./wordings.ts";

/** What may follow a thing without making it another one: "a dog named Rex", and not "a dog house". */
export const elaborations: ReadonlySet<string> = wordSet(
  "named that who which with without in at on for from by of as since near after every each daily weekly twice once because when while but though where next this last soon today tomorrow tonight someday together all too",
);
/** Unlike `\b`, it takes accented letters for letters. */
const endOfWord = String.raw`(?![\p{L}\p{M}\p{N}_])`;
const end = `(?=$| ${alternatives([...elaborations].join(" "))}${endOfWord})`;

const partners = alternatives("girlfriend boyfriend partner fiancée? wife husband spouse");
const children = alternatives("kids? child children sons? daughters? bab(?:y|ies) twins?");
const siblings = alternatives("siblings? brothers? sisters? twins?");
const animals = alternatives("meat fish beef pork chicken steak bacon ham lamb turkey seafood sushi burgers");
const animalFood = alternatives("eggs? cheese dairy honey milk butter yogurt");
const count = String.raw`(?:an? |\d+ |the |their |some )?`;
const thing = String.raw`(?:the |their |an? |on )?(?:new |old )?(?<thing>[\p{L}\p{N}' -]+?)(?: (?:last|this|in|yesterday|today|recently|ago|for|because)\b.*)?$`;

/** The verbs of what one has, each followed by the thing, which may have one more word before it: "has a red car". */
export const verbsOfHaving = ["has", "drives", "rides", "bought"];
/** The verbs of habits, each followed by the thing. */
export const verbsOfHabit = "drinks eats smokes uses takes plays does is_on watches reads likes"
  .split(" ")
  .map((verb) => verb.replace("_", " "));
const habit = alternatives("drinks eats smokes uses takes plays does is_on watches reads likes");

/** "user has an old …" */
const having = `^user has ${count}(?:\\w+ )?`;

/**
 * A claim that fits `said` ends others that fit `ended`, which may depend on the thing that the claim names; then
 * `among` finds them by the words of that thing, or a few more. All in plain words.
 */
type Rule = readonly [why: string, said: RegExp, ended: RegExp] | ThingRule;
type ThingRule = readonly [
  why: string,
  said: RegExp,
  ended: (thing: string) => RegExp,
  among: <Entry>(claims: EndableClaims<Entry>, words: readonly string[]) => Iterable<Entry>,
];

const rules: readonly Rule[] = [
  [
    "had and lost",
    new RegExp(`^user (?:sold|lost|gave away|got rid of|crashed|returned) ${thing}`, "u"),
    (named) => new RegExp(`^user (?:${verbsOfHaving.join("|")}) ${count}(?:\\w+ )?${named}${end}`, "u"),
    (claims, words) => claims.elaborating(verbsOfHaving, words),
  ],
  [
    "plan given up",
    new RegExp(
      `^user (?:has )?(?:cancell?ed|called off|gave up on|abandoned|dropped|decided against|postponed) ${thing}`,
      "u",
    ),
    (named) => new RegExp(`^user ${planning} .*(?<![\\p{L}\\p{M}\\p{N}_])${named}${end}`, "u"),
    (claims, words) => claims.plansNaming(words),
  ],
  [
    "habit given up",
    new RegExp(`^user (?:has )?(?:gave up|given up|quit|stopped|is off) ${thing}`, "u"),
    (named) => new RegExp(`^user ${habit} ${count}${named}${end}`, "u"),
    (claims, words) => claims.elaborating(verbsOfHabit, words),
  ],
  [
    "partner left",
    new RegExp(
      `^user (?:broke up with|split up with|split from|divorced|left|separated from) their (?<thing>${partners})`,
      "u",
    ),
    (named) => new RegExp(`${having}${named}${end}`, "u"),
    (claims, words) => claims.elaborating(["has"], words),
  ],
  [
    "partner left",
    new RegExp(
      `^user (?:broke up with|split up with|split from|divorced|left|separated from) their ${partners}`,
      "u",
    ),
    /^user is dating /,
  ],
  [
    "alone",
    /^user (?:is|got|has been) (?:now |recently )?(?:single|divorced|separated|widowed)\b|^user broke up\b/,
    new RegExp(`^user has ${count}${partners}${end}|^user is dating `, "u"),
  ],
  [
    "in company",
    new RegExp(`^user has ${count}(?:new )?${partners}\\b|^user is (?:dating|seeing) `, "u"),
    /^user is (?:\w+ )?(?:single|divorced|widowed)$/,
  ],
  [
    "pet gone",
    new RegExp(`^user's (?<thing>${pets})(?: \\p{L}+)? (?:died|passed away|ran away)\\b`, "u"),
    (animal) => new RegExp(`${having}${animal}$`, "u"),
    (claims, words) => claims.exactly(["has"], words),
  ],
  [
    "pet gone",
    new RegExp(`^user's (?<thing>${pets} \\p{L}+) (?:died|passed away|ran away)\\b`, "u"),
    (pet) => new RegExp(`${having}${pet.replace(" ", " named ")}${endOfWord}`, "u"),
    (claims, [animal = "", name = ""]) => claims.beginningWith(["has"], [animal, "named", name]),
  ],
  [
    "has some after all",
    new RegExp(`${having}${pets}`, "u"),
    /^user (?:does not have|has no) (?:any )?(?:pets?|animals)$/,
  ],
  [
    "has some after all",
    new RegExp(`${having}${children}`, "u"),
    /^user (?:does not have|has no) (?:any )?(?:kids|children)$/,
  ],
  [
    "has some after all",
    new RegExp(`${having}${siblings}`, "u"),
    /^user (?:does not have|has no) (?:any )?siblings$|^user is an only child$/,
  ],
  [
    "has none",
    /^user (?:does not have|has no) (?:any )?(?:pets?|animals)(?: anymore)?$/,
    new RegExp(`${having}${pets}${end}`, "u"),
  ],
  [
    "other diet",
    /^user (?:is|became|has become|went|turned) (?:an? |now )?(?:strict )?(?:vegetarian|vegan)\b/,
    new RegExp(
      `^user (?:eats|is a meat eater) ?(?:${animals}${end})?$|^user eats ${animals}\\b|^user is an? (?:carnivore|omnivore)`,
      "u",
    ),
  ],
  [
    "other diet",
    /^user (?:is|became|has become|went|turned) (?:an? |now )?(?:strict )?vegan\b/,
    new RegExp(`^user eats ${animalFood}${end}`, "u"),
  ],
  [
    "other diet",
    new RegExp(`^user eats ${animals}(?:$| (?:now|again))`, "u"),
    /^user is (?:an? )?(?:\w+ )?(?:vegetarian|vegan)\b/,
  ],
  [
    "studies over",
    /^user (?:has )?graduated\b|^user finished (?:their )?(?:studies|school|college|university)\b/,
    /^user is an? (?:[\w-]+ ){0,3}student\b|^user studies /,
  ],
];

/** What a claim must fit, in plain words, for some rule without a thing to end it. */
export const endedPatterns: readonly RegExp[] = rules.flatMap(([, , ended]) =>
  ended instanceof RegExp ? ended : [],
);

/** Claims, found by what may end them. Each finds all that fit, and few others. */
export interface EndableClaims<Entry> {
  /** Those that fit one of `endedPatterns`. */
  readonly fitting: (pattern: RegExp) => Iterable<Entry>;
  /** Those with one of these verbs and this thing, which may be elaborated on. */
  readonly elaborating: (verbs: readonly string[], thing: readonly string[]) => Iterable<Entry>;
  /** Those with one of these verbs and just this thing. */
  readonly exactly: (verbs: readonly string[], thing: readonly string[]) => Iterable<Entry>;
  /** Those with one of these verbs and a thing that begins so. */
  readonly beginningWith: (verbs: readonly string[], thing: readonly string[]) => Iterable<Entry>;
  /** Plans in which a thing is named anywhere. */
  readonly plansNaming: (thing: readonly string[]) => Iterable<Entry>;
  /** Plans that begin as the deed does, or as which it begins. */
  readonly plansLike: (deed: string) => Iterable<Entry>;
}

/** What hearing one claim may end. */
export interface Ending {
  /** All claims that it may end, and few others. */
  readonly among: <Entry>(claims: EndableClaims<Entry>) => readonly Entry[];
  /** Why it ends a claim that is given in plain words, in a word or two for a log; null when it does not. */
  readonly whyEnds: (held: string) => string | null;
}

/** What hearing this claim may end, of claims that share neither its slot nor its words; null for most: nothing. */
export function endingOf(text: string): Ending | null {
  const claim = plainOf(text);
  const fitting = rules.flatMap((rule) => fit(rule, claim) ?? []);
  const deed = deedOf(lowerOf(text));
  if (fitting.length === 0 && deed === null) return null;
  return {
    among: (claims) => [
      ...fitting.flatMap(({ among }) => [...among(claims)]),
      ...(deed === null ? [] : claims.plansLike(deed)),
    ],
    whyEnds: (held) => {
      const rule = fitting.find(({ ended }) => ended.test(held));
      if (rule !== undefined) return rule.why;
      const plan = deed === null ? null : planOf(held);
      return deed !== null && plan !== null && carriesOut(deed, plan) ? "plan carried out" : null;
    },
  };
}

interface FittingRule {
  readonly why: string;
  readonly ended: RegExp;
  readonly among: <Entry>(claims: EndableClaims<Entry>) => Iterable<Entry>;
}

function fit([why, said, ended, among]: Rule, claim: string): FittingRule | null {
  const found = said.exec(claim);
  if (found === null) return null;
  if (ended instanceof RegExp) return { why, ended, among: (claims) => claims.fitting(ended) };
  const named = found.groups?.["thing"] ?? "";
  const words = wordsOfThing(named);
  if (words.length === 0 || among === undefined) return null;
  const pattern = named.replaceAll(/[^\p{L}\p{N} ]/gu, String.raw`[^\p{L}\p{N}]`);
  return { why, ended: ended(pattern), among: (claims) => among(claims, words) };
}

/** The words of a thing, as the claims are found by that name it. */
export function wordsOfThing(named: string): readonly string[] {
  return named.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** A claim in the plain words that rules read. */
export function plainOf(text: string): string {
  return inPlainWords(lowerOf(text));
}

function lowerOf(text: string): string {
  return withoutFullStop(text.toLowerCase().replaceAll("’", "'"));
}
