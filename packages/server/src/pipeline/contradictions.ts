import { alternatives } from "./alternatives.ts";
import { pets } from "./topic-words.ts";
import { isPast } from "./verb-forms.ts";
import { inPlainWords } from "./wordings.ts";

/** What may follow a thing without making it another one: "a dog named Rex", and not "a dog house". */
export const elaborations =
  "named that who which with without in at on for from by of as since near after every each daily weekly twice once because when while but though where next this last soon today tomorrow tonight someday together all too".split(
    " ",
  );
const end = `(?=$| ${alternatives(elaborations.join(" "))}\\b)`;

const partners = alternatives("girlfriend boyfriend partner fiancée? wife husband spouse");
const children = alternatives("kids? child children sons? daughters? bab(?:y|ies) twins?");
const siblings = alternatives("siblings? brothers? sisters? twins?");
const animals = alternatives("meat fish beef pork chicken steak bacon ham lamb turkey seafood sushi burgers");
const animalFood = alternatives("eggs? cheese dairy honey milk butter yogurt");
const count = String.raw`(?:an? |\d+ |the |their |some )?`;
const thing = String.raw`(?:the |their |an? |on )?(?:new |old )?(?<thing>[\p{L}\p{N}' -]+?)(?: (?:last|this|in|yesterday|today|recently|ago|for|because)\b.*)?$`;
const plan = alternatives(`
  will plans? wants is_planning is_thinking_of is_thinking_about is_hoping hopes intends is_looking_forward_to
  dreams_of
`);

/** One claim ends another that fits the pattern, which may name the claim's `thing`. Both in plain words. */
type Rule = readonly [why: string, said: RegExp, ended: (thing: string, claim: string) => RegExp];

const always = (source: string) => {
  const pattern = new RegExp(source, "u");
  return () => pattern;
};

const rules: readonly Rule[] = [
  [
    "had and lost",
    new RegExp(`^user (?:sold|lost|gave away|got rid of|crashed|returned) ${thing}`, "u"),
    (named) => new RegExp(`^user (?:has|drives|rides|bought) ${count}(?:\\w+ )?${named}${end}`, "u"),
  ],
  [
    "plan given up",
    new RegExp(
      `^user (?:has )?(?:cancell?ed|called off|gave up on|abandoned|dropped|decided against|postponed) ${thing}`,
      "u",
    ),
    (named) => new RegExp(`^user ${plan} .*\\b${named}${end}`, "u"),
  ],
  [
    "habit given up",
    new RegExp(`^user (?:has )?(?:gave up|given up|quit|stopped|is off) ${thing}`, "u"),
    (named) =>
      new RegExp(
        `^user (?:drinks|eats|smokes|uses|takes|plays|does|is on|watches|reads|likes) ${count}${named}${end}`,
        "u",
      ),
  ],
  [
    "partner left",
    new RegExp(
      `^user (?:broke up with|split up with|split from|divorced|left|separated from) their (?<thing>${partners})`,
      "u",
    ),
    (named) => new RegExp(`^user has ${count}(?:\\w+ )?${named}${end}|^user is dating `, "u"),
  ],
  [
    "alone",
    /^user (?:is|got|has been) (?:now |recently )?(?:single|divorced|separated|widowed)\b|^user broke up\b/,
    always(`^user has ${count}${partners}${end}|^user is dating `),
  ],
  [
    "in company",
    new RegExp(`^user has ${count}(?:new )?${partners}\\b|^user is (?:dating|seeing) `, "u"),
    always("^user is (?:\\w+ )?(?:single|divorced|widowed)$"),
  ],
  [
    "pet gone",
    new RegExp(`^user's (?<thing>${pets}(?: [\\p{L}]+)?) (?:died|passed away|ran away)\\b`, "u"),
    (named) => {
      const [animal, name] = named.split(" ");
      return new RegExp(
        `^user has ${count}(?:\\w+ )?${animal}(?:${name === undefined ? "$" : `$| named ${name}`})`,
        "u",
      );
    },
  ],
  [
    "has some after all",
    new RegExp(`^user has ${count}(?:\\w+ )?${pets}`, "u"),
    always("^user (?:does not have|has no) (?:any )?(?:pets?|animals)$"),
  ],
  [
    "has some after all",
    new RegExp(`^user has ${count}(?:\\w+ )?${children}`, "u"),
    always("^user (?:does not have|has no) (?:any )?(?:kids|children)$"),
  ],
  [
    "has some after all",
    new RegExp(`^user has ${count}(?:\\w+ )?${siblings}`, "u"),
    always("^user (?:does not have|has no) (?:any )?siblings$|^user is an only child$"),
  ],
  [
    "has none",
    /^user (?:does not have|has no) (?:any )?(?:pets?|animals)(?: anymore)?$/,
    always(`^user has ${count}(?:\\w+ )?${pets}${end}`),
  ],
  [
    "other diet",
    /^user (?:is|became|has become|went|turned) (?:an? |now )?(?:strict )?(?:vegetarian|vegan)\b/,
    always(
      `^user (?:eats|is a meat eater) ?(?:${animals}${end})?$|^user eats ${animals}\\b|^user is an? (?:carnivore|omnivore)`,
    ),
  ],
  [
    "other diet",
    /^user (?:is|became|has become|went|turned) (?:an? |now )?(?:strict )?vegan\b/,
    always(`^user eats ${animalFood}${end}`),
  ],
  [
    "other diet",
    new RegExp(`^user eats ${animals}(?:$| (?:now|again))`, "u"),
    always("^user is (?:an? )?(?:\\w+ )?(?:vegetarian|vegan)\\b"),
  ],
  [
    "studies over",
    /^user (?:has )?graduated\b|^user finished (?:their )?(?:studies|school|college|university)\b/,
    always("^user is an? (?:[\\w-]+ ){0,3}student\\b|^user studies "),
  ],
];

/** Plain forms behind the past forms of what people plan. */
const presents: Readonly<Record<string, string>> = {
  bought: "buy",
  got: "get",
  went: "go",
  ran: "run",
  moved: "move",
  made: "make",
  built: "build",
  began: "begin",
  wrote: "write",
  became: "be",
  found: "find",
  took: "take",
  left: "leave",
  sold: "sell",
  saw: "see",
  met: "meet",
  flew: "fly",
  quit: "quit",
  gave: "give",
};
const longAgo = /\b(?:last|ago|before|once|used|when|19\d\d|20\d\d)\b/;

/** Whether hearing this claim may end others that share neither its slot nor its words. */
export function endsOthers(text: string): boolean {
  const claim = plainOf(text);
  return rules.some(([, said]) => said.test(claim)) || deedOf(lowerOf(text)) !== null;
}

/** Why the first claim ends the second, in a word or two for a log; null when it does not. */
export function whyEnds(text: string, held: string): string | null {
  const claim = plainOf(text);
  const other = plainOf(held);
  for (const [why, said, ended] of rules) {
    const found = said.exec(claim);
    if (found === null) continue;
    const named = (found.groups?.["thing"] ?? "").replaceAll(/[^\p{L}\p{N} ]/gu, ".");
    if (ended(named, claim).test(other)) return why;
  }
  const deed = deedOf(lowerOf(text));
  if (deed === null) return null;
  const planned = new RegExp(`^user ${plan} (?:to )?(.+)$`, "u").exec(other)?.[1];
  return planned !== undefined && isDone(planned, deed) ? "plan carried out" : null;
}

/** What somebody just did, its verb in plain form: "bought a house" is `buy a house`. */
function deedOf(claim: string): string | null {
  const [, verb, rest] = /^user (?:just |finally |has )?(\p{Ll}+)(.*)$/u.exec(claim) ?? [];
  if (
    verb === undefined ||
    rest === undefined ||
    isPast(verb) !== true ||
    verb === "was" ||
    longAgo.test(rest)
  )
    return null;
  const plain = Object.hasOwn(presents, verb)
    ? presents[verb]!
    : verb.replace(/ied$/, "y").replace(/ed$/, "");
  return `${plain}${rest}`;
}

function isDone(planned: string, deed: string): boolean {
  const [verb = "", ...others] = planned.split(" ");
  const plain = `${verb.replace(/(?<=..)ing$/, "").replace(/(.)\1$/, "$1")} ${others.join(" ")}`.trim();
  const [done, wanted] = [deed, plain].map((text) =>
    text.replaceAll(/\b(?:an?|the|their) /g, "").replace(/^(\w+?)e? /, "$1 "),
  );
  return (
    wanted === done ||
    wanted!.startsWith(`${done} `) ||
    (done!.startsWith(`${wanted} `) && !longAgo.test(deed))
  );
}

function plainOf(text: string): string {
  return inPlainWords(lowerOf(text));
}

function lowerOf(text: string): string {
  return text
    .toLowerCase()
    .replaceAll("’", "'")
    .replace(/[.!…]+$/, "");
}
