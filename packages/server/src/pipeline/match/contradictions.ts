import { alternatives } from "../word-lists.ts";
import { inLowerCase, inPlainWords } from "../statement/wordings.ts";
import { endedThingsIn, isAboutThing } from "./endings.ts";
import { topicChangeIn } from "./changed-topics.ts";
import { orderChangeIn } from "./changed-orders.ts";
import { otherPersonIn } from "./people.ts";
import { isFalseEnding } from "./false-endings.ts";
import { lapseIn } from "./lapses.ts";
import { likingChangeIn } from "./likings.ts";
import { carriesOut, deedOf, planOf } from "./plans.ts";
import { attributeChangeIn } from "./attributes.ts";
import { beginsWithThing, endOfThing, namingIn, restsOfPlan, wordsOfThing, type Follower } from "./things.ts";
import { quantityChangeIn } from "./quantities.ts";
import { stateChangeIn } from "./states.ts";
import { toolChangeIn } from "./tools.ts";
import { updateIn } from "./updates.ts";
import { pets } from "../statement/topic-words.ts";

const partners = alternatives("girlfriend boyfriend partner fiancée? wife husband spouse");
const children = alternatives("kids? child children sons? daughters? bab(?:y|ies) twins? boy girl");
const siblings = alternatives("siblings? (?:half-|step)?brothers? (?:half-|step)?sisters? twins?");
const animals = alternatives("meat fish beef pork chicken steak bacon ham lamb turkey seafood sushi burgers");
const animalFood = alternatives("eggs? cheese dairy honey milk butter yogurt");
const count = String.raw`(?:an? |\d+ |the |their |some )?`;
const thing = String.raw`(?:the |their |an? |on )?(?:new |old )?(?<thing>[\p{L}\p{N}' -]+?)(?: (?:last|this|in|yesterday|today|recently|ago|for|because)\b.*)?$`;

/** "user has an old …" */
const having = `^user has ${count}(?:\\w+ )?`;

/** "user found out they have a …" */
const getting = `^user (?:has|had|got|adopted|bought|found|found out they have) ${count}(?:\\w+ )?`;

/**
 * Matches statements that name a thing after one of these verbs, or anywhere in a plan. `before` says what may follow the thing.
 */
interface NamingRule {
  readonly after: readonly string[] | "plan";
  readonly before: Follower;
}

/** A statement that matches `said` ends statements that match `ended` or name the same thing. Both are in plain words. */
type Rule = readonly [why: string, said: RegExp, ended: RegExp | NamingRule];

const rules: readonly Rule[] = [
  [
    "had and lost",
    new RegExp(`^user (?:sold|lost|gave away|got rid of|crashed|returned) ${thing}`, "u"),
    { after: ["has", "drives", "rides", "bought"], before: "elaboration" },
  ],
  [
    "plan given up",
    new RegExp(
      `^user (?:has )?(?:cancell?ed|called off|gave up on|abandoned|dropped|decided against|postponed) ${thing}`,
      "u",
    ),
    { after: "plan", before: "elaboration" },
  ],
  [
    "habit given up",
    new RegExp(`^user (?:has )?(?:gave up|given up|quit|stopped|is off) ${thing}`, "u"),
    {
      after: [
        "drinks",
        "eats",
        "smokes",
        "uses",
        "takes",
        "plays",
        "does",
        "is on",
        "watches",
        "reads",
        "likes",
      ],
      before: "elaboration",
    },
  ],
  [
    "partner left",
    new RegExp(
      `^user (?:broke up with|split up with|split from|divorced|left|separated from) their (?<thing>${partners})`,
      "u",
    ),
    { after: ["has"], before: "elaboration" },
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
    new RegExp(`^user has ${count}${partners}${endOfThing}|^user is dating `, "u"),
  ],
  [
    "in company",
    new RegExp(`^user has ${count}(?:new )?${partners}\\b|^user is (?:dating|seeing) `, "u"),
    /^user is (?:\w+ )?(?:single|divorced|widowed)$/,
  ],
  [
    "pet gone",
    new RegExp(`^user's (?<thing>${pets})(?: \\p{L}+)? (?:died|passed away|ran away)\\b`, "u"),
    { after: ["has"], before: "end" },
  ],
  [
    "pet gone",
    new RegExp(`^user's (?<thing>${pets}) (?<name>\\p{L}+) (?:died|passed away|ran away)\\b`, "u"),
    { after: ["has"], before: "any word" },
  ],
  [
    "renamed",
    new RegExp(`^user (?:has )?renamed their (?<thing>${pets})\\b`, "u"),
    { after: ["has"], before: "any word" },
  ],
  [
    "in company",
    /^user is (?:now |finally )?(?:dating|seeing (?:someone|somebody|an? )|in a relationship|engaged|married)\b|^user (?:met|found) (?:someone|somebody)\b/,
    /^user is (?:\w+ )?(?:single|divorced|widowed)$/,
  ],
  [
    "in company",
    new RegExp(
      `^user's (?:new )?(?:${partners}|friend|mate|cousin|brother|sister|mother|father|mum|mom|dad|roommate|flatmate) (?:has |just |finally |now )*(?:moved in(?: with (?:them|user))?$|lives with them)`,
      "u",
    ),
    /^user lives (?:alone|by themselves|on their own)/,
  ],
  [
    "has some after all",
    new RegExp(`${getting}${pets}`, "u"),
    /^user (?:does not have|has no) (?:any )?(?:pets?|animals)$/,
  ],
  [
    "has some after all",
    new RegExp(`${getting}${children}`, "u"),
    /^user (?:does not have|has no) (?:any )?(?:kids|children)$/,
  ],
  [
    "has some after all",
    new RegExp(`${getting}${siblings}`, "u"),
    /^user (?:does not have|has no) (?:any )?siblings$|^user is an only child$/,
  ],
  [
    "has none",
    /^user (?:does not have|has no) (?:any )?(?:pets?|animals)(?: anymore)?$/,
    new RegExp(`${having}${pets}${endOfThing}`, "u"),
  ],
  [
    "other diet",
    /^user (?:is|became|has become|went|turned) (?:an? |now )?(?:strict )?(?:vegetarian|vegan)\b/,
    new RegExp(
      `^user (?:eats|is a meat eater) ?(?:${animals}${endOfThing})?$|^user eats ${animals}\\b|^user is an? (?:carnivore|omnivore)`,
      "u",
    ),
  ],
  [
    "other diet",
    /^user (?:is|became|has become|went|turned) (?:an? |now )?(?:strict )?vegan\b/,
    new RegExp(`^user eats ${animalFood}${endOfThing}`, "u"),
  ],
  [
    "other diet",
    new RegExp(`^user eats ${animals}(?:$| (?:now|again))`, "u"),
    /^user is (?:an? )?(?:\w+ )?(?:vegetarian|vegan)\b/,
  ],
  [
    "moved",
    /^user (?:has )?(?:just |recently |finally )*(?:moved|relocated) (?:\w+ ){0,3}?to (?!.*\b(?:when|ago|as a|(?:19|20)\d\d)\b)/,
    /^user lives (?:in|on|at|near) |^user (?:rents|is renting) /,
  ],
  [
    "moved",
    /^user (?:has )?(?:just |recently |finally )*(?:moved up to|moved on to|moved schools?|changed schools?|switched schools?)\b/,
    /^user (?:is at|goes to|attends) /,
  ],
  ["moved", /^user (?:has )?(?:just |recently |finally )*moved out\b/, /^user lives with /],
  [
    "moved",
    /^user (?:has )?(?:finally )?bought (?:their |an? )?(?!(?:\w+ ){0,2}(?:holiday|vacation|summer|weekend|second|rental)\b)(?:\w+ ){0,2}?(?:house|home|apartment|flat|place|condo)\b/,
    /^user (?:rents|is renting) (?:their|an?) (?:\w+ ){0,2}?(?:house|home|apartment|flat|place|condo|room)\b/,
  ],
  [
    "passed",
    /^user (?:has )?(?:finally )?passed their driving test\b|^user (?:has )?(?:got|passed) their (?:driv(?:ing|er'?s?) )?(?:licen[cs]e|test)\b/,
    /^user (?:can not|does not) drive\b|^user (?:does not have|has no) (?:an? )?driv|^user is (?:learning to drive|taking driving)/,
  ],
  [
    "called off",
    /^user (?:has )?(?:called off|cancell?ed|broke off) (?:the|their) (?:wedding|engagement)\b/,
    /^user is engaged\b/,
  ],
  [
    "well again",
    /^user (?:is |has |feels |finally |fully |completely |now )*(?:recovered|healed|better|healthy|well|fit|walking|running|back on their feet|out of hospital|discharged|back at work|over the)\b/,
    /^user (?:(?:is|feels) (?:still )?(?:ill|sick|injured|unwell|poorly|recovering|healing|in (?:an? )?(?:wheelchair|hospital|cast|sling|plaster|boot)|on (?:crutches|bed rest|sick leave)|off (?:work|sick)|signed off)\b|has (?:an? |the )?(?:\w+ )?(?:cold|flu|covid|fever|infection|cough|injury|virus|bug)$|can not (?:walk|run|stand|work)\b)/,
  ],
  [
    "back",
    /^user (?:is |got |came |has )*(?:back|returned|home)\b/,
    /^user is (?:away|abroad|travel+ing|on (?:holiday|vacation|tour|leave|maternity|paternity|parental|sick|a (?:trip|break|sabbatical))|in \w+ (?:until|till|for)|off work)\b/,
  ],
  [
    "paid off",
    /^user (?:has |just |finally )*(?:paid (?:off|back)|cleared|settled) (?:(?:the|their|all) )+(?:\w+ )?(?:mortgage|loans?|debts?|house|overdraft|money)\b/,
    /^user (?:still )?owes (?!their\b)/,
  ],
  [
    "born",
    /^(?:user's )?(?:little )?(?:baby|twins|son|daughter|little one)\b.*\b(?:arrived|born|here|came)\b/,
    /^user is (?:\w+ )*(?:pregnant|expecting|due)\b/,
  ],
  [
    "born",
    /^user (?:gave birth|had (?:the|their|an?) (?:little |healthy |beautiful )*(?:baby|boy|girl|son|daughter|twins))\b/,
    /^user is (?:\w+ )*(?:pregnant|expecting|due)\b/,
  ],
  [
    "studies over",
    /^user (?:has )?graduated\b|^user finished (?:their )?(?:studies|school|college|university)\b/,
    /^user is an? (?:[\w-]+ ){0,3}student\b|^user studies /,
  ],
];

/** The `ended` patterns of the rules that name no thing. */
export const endedPatterns: readonly RegExp[] = rules.flatMap(([, , ended]) =>
  ended instanceof RegExp ? ended : [],
);

/** Finds statements that another statement may end. A function may also return a few other statements, but leaves none out. */
export interface EndableStatements<Entry> {
  /** Statements that match one of `endedPatterns`. */
  readonly fitting: (pattern: RegExp) => Iterable<Entry>;
  /** Statements that name a thing after this verb. */
  readonly naming: (verb: string, thing: string, before: Follower) => Iterable<Entry>;
  /** Plans that name a thing anywhere. */
  readonly plansNaming: (thing: string) => Iterable<Entry>;
  /** The newest statements with the rarest of these words. */
  readonly mentioning: (words: readonly string[]) => readonly Entry[];
  /** The newest statements that give this attribute a value. */
  readonly giving: (attribute: string) => Iterable<Entry>;
  /** Plans that begin with the deed's words, or whose words the deed begins with. */
  readonly plansLike: (deed: string) => Iterable<Entry>;
}

/** Which other statements one statement ends. */
export interface Ending {
  /** The candidates: all statements that it ends, and a few others. */
  readonly among: <Entry>(statements: EndableStatements<Entry>) => readonly Entry[];
  /** Why it ends this statement (in plain words), in a word or two for a log; null if it does not. */
  readonly whyEnds: (earlier: string) => string | null;
}

/** Each function finds one kind of change. */
const readers = [
  updateIn,
  quantityChangeIn,
  stateChangeIn,
  toolChangeIn,
  orderChangeIn,
  likingChangeIn,
  lapseIn,
];

/** The statements with another slot and other words that this one ends. Null if there are none, which is usual. */
export function endingOf(text: string): Ending | null {
  const statement = plainOf(text);
  const fitting = rules.flatMap((rule) => fit(rule, statement) ?? []);
  const deed = deedOf(inLowerCase(text));
  const isOfAnother = otherPersonIn(text) !== null;
  const isFalse = isFalseEnding(inLowerCase(text));
  const lost = isFalse ? [] : endedThingsIn(text).filter(({ why }) => !isOfAnother || why !== "replaced");
  const updates = readers.flatMap((read) => read(text) ?? []);
  const change = isFalse ? null : topicChangeIn(text);
  const attributes = isFalse ? null : attributeChangeIn(statement);
  const isEmpty = [fitting, lost, updates].every(({ length }) => length === 0);
  if (isEmpty && deed === null && change === null && attributes === null) return null;
  return {
    among: (statements) => [
      ...fitting.flatMap(({ among }) => [...among(statements)]),
      ...(deed === null ? [] : statements.plansLike(deed)),
      ...updates.flatMap(({ keys }) => keys.flatMap((key) => [...statements.mentioning([key])])),
      ...lost.flatMap(({ words }) => [...statements.mentioning(words)]),
      ...(change?.topics ?? []).flatMap((word) => [...statements.mentioning([word])]),
      ...(attributes?.names ?? []).flatMap((name) => [...statements.giving(name)]),
    ],
    whyEnds: (earlier) => {
      const rule = fitting.find(({ isEnded }) => isEnded(earlier));
      if (rule !== undefined) return rule.why;
      const ended = lost.find((each) => isAboutThing(earlier, each));
      if (ended !== undefined) return ended.why;
      if (updates.some(({ replaces }) => replaces(earlier))) return "changed";
      const why = change?.why(earlier) ?? null;
      if (why !== null) return why;
      const attribute = attributes?.replacedIn(earlier) ?? null;
      if (attribute !== null) return `other ${attribute}`;
      const plan = deed === null ? null : planOf(earlier);
      return deed !== null && plan !== null && carriesOut(deed, plan) ? "plan carried out" : null;
    },
  };
}

interface FittingRule {
  readonly why: string;
  readonly isEnded: (earlier: string) => boolean;
  readonly among: <Entry>(statements: EndableStatements<Entry>) => Iterable<Entry>;
}

function fit([why, said, ended]: Rule, statement: string): FittingRule | null {
  const found = said.exec(statement);
  if (found === null) return null;
  if (ended instanceof RegExp)
    return {
      why,
      isEnded: (earlier) => ended.test(earlier),
      among: (statements) => statements.fitting(ended),
    };
  const { after, before } = ended;
  const { thing: kind = "", name } = found.groups ?? {};
  const named = name === undefined ? kind : `${kind} named ${name}`;
  if (wordsOfThing(named).length === 0) return null;
  if (after === "plan")
    return {
      why,
      isEnded: (earlier) => restsOfPlan(earlier).some((rest) => beginsWithThing(rest, named, before)),
      among: (statements) => statements.plansNaming(named),
    };
  return {
    why,
    isEnded: (earlier) => {
      const { verb = "", rests = [] } = namingIn(earlier) ?? {};
      return after.includes(verb) && rests.some((rest) => beginsWithThing(rest, named, before));
    },
    among: (statements) => after.flatMap((verb) => [...statements.naming(verb, named, before)]),
  };
}

/** A statement in plain words. The rules above match this form. */
export function plainOf(text: string): string {
  return inPlainWords(inLowerCase(text));
}
