import { pets, relatives } from "./topic-words.ts";

const ones =
  "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const tens = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const number = new RegExp(
  String.raw`\b(?:(${tens.join("|")})(?:[- ](${ones.slice(0, 9).join("|")}))?|(${ones.slice(1).join("|")}))\b`,
  "g",
);

/**
 * Replaces different wordings of one meaning with a single wording. Applied in this order to a statement in lower case that
 * begins with "user" or "user's", with its denial in place.
 */
const rewordings: readonly (readonly [said: RegExp, plain: string])[] = [
  [/ (?:at the moment|right now|these days|nowadays|at all|again|for good|as well)\b/g, ""],
  [/\b(?:a lot of|lots of|a bit of|plenty of) /g, ""],
  [/^user (?:is|was) going to /, "user will "],
  // Likings
  [/^user (?:really )?(?:likes?|loves?|enjoys?|adores?) /, "user likes "],
  [
    /^user is (?:(?:an?|really|quite|very) )*(?:(?:big|huge|great|massive) )?(?:fan of|fond of|into|keen on|passionate about) /,
    "user likes ",
  ],
  [
    /^user (?:is|was) (?:an? )?(?:(?:big|huge|massive|lifelong|keen) )?(?!(?:big|huge|great) )([\p{L}\p{N}'-]+(?: [\p{L}\p{N}'-]+)?) (?:fan|supporter)\.?$/u,
    "user likes $1",
  ],
  [
    /^user (?:is not|is no longer) (?:an? )?([\p{L}\p{N}'-]+(?: [\p{L}\p{N}'-]+)?) (?:fan|supporter)(?: anymore)?\.?$/u,
    "user does not like $1",
  ],
  [/^user (?:supports?|roots? for) /, "user likes "],
  [/^user does not (?:support|root for) /, "user does not like "],
  [/^user (?:has )?(?:come|came) (?:a?round) to (?=\w+ing)/, "user likes "],
  [/^user (?:hates?|dislikes?|detests?|despises?) /, "user does not like "],
  // "Quit smoking" is the opposite of "smokes".
  [/^user (?:has )?(?:quit|stopped|gave up|given up) (?=\w+ing\b)/, "user does not "],
  [
    /^user is (?:(?:really|absolutely|a bit) )?(?:terrified|afraid|frightened|petrified) of /,
    "user is scared of ",
  ],
  [
    /^user is not (?:(?:really|that|so) )?(?:terrified|afraid|frightened|petrified) of /,
    "user is not scared of ",
  ],
  [
    /^user is (gluten|dairy|sugar|meat|lactose|nut|alcohol|caffeine|egg|soy|wheat|fish|pork)[ -]free\b/,
    "user does not eat $1",
  ],
  // Doings
  [/^user goes for an? (?=(?:run|walk|swim|jog|hike|ride)\b)/, "user goes "],
  [/^user (?:has )?(?:gave up|given up|quit|stopped smoking) cigarettes\b/, "user does not smoke"],
  [/^user is an? ((?:[\w-]+ ){0,2})diabetic\b/, "user has $1diabetes"],
  [/^user's car is (?=an? )/, "user drives "],
  // Home
  [/^user (?:is (?:currently )?(?:based|living|residing)|resides?|has a home) (?=in|near)/, "user lives "],
  [/^user's home is (?=in|near)/, "user lives "],
  [/^user comes? from /, "user is from "],
  // Work
  [/^user (?:works?|is working) as (?=an? )/, "user is "],
  [/^user's (?:job|occupation|profession) is (?=an? )/, "user is "],
  [/^user (?:works?|is working) for /, "user works at "],
  // Age
  [
    /^user (?:just )?(?:is|turned|has turned) (\d{1,3})(?: years? old)?(?: (?:now|today|yesterday|already|last week))*\.?$/,
    "user is $1 years old",
  ],
  [/^user's age is (\d{1,3})/, "user is $1 years old"],
  // Having
  [/^user (?:owns?|has got|have) /, "user has "],
  [
    /^user (?:suffers? from|gets (?=(?:bad |terrible )?(?:migraines?|headaches?|hay fever|panic attacks?|nosebleeds?|eczema|heartburn)\b)) ?/,
    "user has ",
  ],
  [new RegExp(`^user's (?:${pets}) is (?=an? )`), "user has "],
  [
    /^user's (?:(?:browser|editor|operating system|email provider|search engine|shell|ide) is (?!(?:broken|slow|fast|old|new|dead|open|down|\w+(?:ing|ed))$)(?=\S+$)|(?:phone|laptop|computer|camera|watch) is (?=an? ))/,
    "user uses ",
  ],
  [/^user (?:is|was) an? (guitar|violin|trumpet|harp|organ)ist\b/, "user plays $1"],
  [/^user (?:is|was) an? pianist\b/, "user plays piano"],
  [/^user (?:is|was) an? drummer\b/, "user plays drums"],
  [/^user (?:works?|is on) (?:the )?(?=(?:night|day|early|late|morning|evening) shifts?\b)/, "user works "],
  [/\b(?:called|by the name of) (?=\w)/g, "named "],
  [new RegExp(`\\bpet (?=${pets}\\b)`, "g"), ""],
  [
    new RegExp(`^user's (${pets}|${relatives})(?:'s)? (?:name is|is named) (\\S+?)\\.?$`),
    "user has $1 named $2",
  ],
  [/^user has an? ([\w-]+) (?:allergy|intolerance)\b/, "user is allergic to $1"],
  // Plans and abilities
  [/^user (?:would like|wish(?:es)?|hopes?|dreams?|wants?) (?=to )/, "user wants "],
  [/^user wants to become /, "user wants to be "],
  [/^user is planning (?=to |on )/, "user plans "],
  [/^user can (?=speak )/, "user "],
  [/^user's (?:new|current) favou?rite /, "user's favorite "],
];

const synonyms: Readonly<Record<string, string>> = {
  film: "movie",
  motorcycle: "motorbike",
  sofa: "couch",
  cellphone: "phone",
  mobile: "phone",
  smartphone: "phone",
  vacation: "holiday",
  soccer: "football",
  granny: "grandma",
  grandmother: "grandma",
  grandfather: "grandpa",
  granddad: "grandpa",
  grandad: "grandpa",
  physician: "doctor",
  lawyer: "attorney",
  solicitor: "attorney",
  veggie: "vegetarian",
  coder: "programmer",
  infant: "baby",
  bunny: "rabbit",
  maths: "math",
  mathematics: "math",
  fridge: "refrigerator",
  postman: "mailman",
  trousers: "pants",
  supervisor: "boss",
  manager: "boss",
  dish: "food",
  meal: "food",
  mum: "mother",
  nan: "grandma",
  hubby: "husband",
  wifey: "wife",
  mom: "mother",
  dad: "father",
  bicycle: "bike",
  television: "tv",
  automobile: "car",
  flat: "apartment",
  children: "child",
  kids: "child",
  kid: "child",
  favourite: "favorite",
  colour: "color",
  photo: "picture",
  pup: "puppy",
  kitty: "kitten",
};

/** A statement in lower case, with straight apostrophes and without the punctuation at its end. */
export function inLowerCase(text: string): string {
  return withoutFullStop(text.toLowerCase().replaceAll("’", "'"));
}

/** A statement in plain words: in lower case, and with one wording for each meaning. */
export function inPlainWords(statement: string): string {
  return rewordings.reduce((text, [said, plain]) => {
    const reworded = text.replace(said, plain);
    return reworded.includes("  ") ? reworded.replaceAll(/ {2,}/g, " ") : reworded;
  }, withDigits(statement));
}

/** One word for all words that mean the same. */
export function synonymOf(word: string): string {
  if (Object.hasOwn(synonyms, word)) return synonyms[word]!;
  const single = word.endsWith("s") ? word.slice(0, -1) : word;
  return Object.hasOwn(synonyms, single) ? synonyms[single]! : word;
}

/** Writes the numbers from two to ninety-nine in digits. "One" stays, because it may mean any person. */
export function withDigits(text: string): string {
  return text.replaceAll(number, (_, ten?: string, one?: string, small?: string) => {
    if (small !== undefined) return String(ones.indexOf(small) + 1);
    return String((tens.indexOf(ten!) + 2) * 10 + (one === undefined ? 0 : ones.indexOf(one) + 1));
  });
}

/** A text without the punctuation at its end. */
export function withoutFullStop(text: string): string {
  return text.replace(/(?<![.!…])[.!…]+$/u, "");
}
