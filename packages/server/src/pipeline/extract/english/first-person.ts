import { isPast } from "../../statement/verb-forms.ts";
import { pets, relatives } from "../../statement/topic-words.ts";
import { alternatives, wordSet } from "../../word-lists.ts";
import { clefts } from "./clefts.ts";
import { deedsOfOthers } from "./others-deeds.ts";
import { verblessNotes } from "./verbless-notes.ts";
import { createRewriter, precede, type Rewriting } from "./rewriting.ts";

const begins = String.raw`(?<=^|[.!?] )`;
/** Adverbs that may precede a verb without a subject. */
const adverb =
  "(?:(?:just|recently|finally|currently|now|already|actually|officially|also|still|somehow|eventually|only|always|never) )?";
/** Past forms that begin other sentences: "Loved that", "Agreed with you", "Based in Oslo" (of any person). */
const otherPasts = wordSet(`
  loved liked enjoyed agreed made heard thought said told saw felt meant knew excited interested inspired supposed blessed wanted
  needed tired bored terrified scared frightened petrified diagnosed located based sounded looked seemed noted understood asked believed shared guessed got related
`);
/** "Vegan since 2019", "Based in Oslo". */
const states = alternatives(`
  vegan vegetarian pescatarian teetotal sober celibate divorced widowed engaged_to pregnant retired unemployed based_in located_in
  diabetic coeliac celiac left-handed lactose_intolerant colou?rblind asthmatic self-employed freelance off_(?:sugar|dairy|meat|coffee|alcohol|gluten|caffeine|work) in_\\d\\w+_grade
`);
/** "Working as a nurse these days". Without a time, the gerund could be the subject: "Working at night is hard". */
const doings = String.raw`\p{L}{2,15}ing (?=(?:as|at|for|in|on|to|from|with|an?|my|our|\p{Lu}|\p{L}+)\b)(?=[^.!?,]*\b(?:these days|nowadays|at the moment|atm|right now|now|lately|currently|tomorrow|next (?:week|month|year|\w+day)|until|since)\b)`;
const likings = alternatives("love like hate enjoy prefer");
const pointers = alternatives(
  "it that this these those you your ya u how what the them him her here there so well out great back",
);
/** Verbs whose missing subject may be a thing: "Didn't work" */
const ofThings = alternatives(
  "work help fix happen matter change seem load run start make compile build fit mean look",
);
/** Verbs of which "don't" is a statement and no instruction: "Don't own a car." */
const doesNot = alternatives("have own like love hate eat drink smoke drive speak live know");
/** A finite verb later in the sentence shows that the gerund is its subject: "Working at night is hard". */
const finite = alternatives(
  "is was are were sounds? seems? can would will makes? has had have helps? keeps? gives?",
);

/** Notes without a subject ("Moved to Berlin last month.") and the subject to add. Each pattern matches from the first word. */
const withoutSubject: readonly Rewriting[] = (
  [
    [`(?:got|used to|located in|based in) (?!${pointers}\\b)\\S`, "I "],
    [
      "been (?:an? (?!while|bit|lot|great|good|bad|long|rough|busy|crazy|tough|hard|nice|fun|blast|pleasure|joy)|on|with|using|living|working|learning|playing|studying|taking|vegan|vegetarian|sober|married|single|divorced|retired) ",
      "I have ",
    ],
    [
      `${states}(?: (?!to (?:hear|see|know)|for (?:you|the|that)|with (?:you|that|this))[\\p{L}\\d]|[,;]|$)(?![^.!?]*\\?)`,
      "I am ",
    ],
    ["down to (?:one|two|three|\\d)", "I am "],
    [
      `(?!(?:morning|evening|nothing|something|anything|everything|during|king|spring|looking|hoping|sending|wishing|seeing)\\b)${doings}(?!${pointers}\\b)(?![^.!?]*\\b${finite}\\b)`,
      "I am ",
    ],
    [
      `(?<=(?:currently|now|still) )\\p{L}{2,15}ing (?!${pointers}\\b)\\p{L}(?![^.!?]*\\b${finite}\\b)`,
      "I am ",
    ],
    [`${likings} (?!${pointers}\\b)\\p{L}(?![^.!?]*\\?)`, "I "],
    ["no longer (?:an?|at|in|on|with|\\p{L}+ing|vegan|vegetarian|single|married)\\b", "I am "],
    ["no longer \\p{L}+\\b", "I "],
    [
      `(?:(?:can't|cannot|can not|haven't|couldn't) (?!${pointers}\\b|be\\b|wait\\b)\\p{L}{2}|didn't (?!${pointers}\\b|${ofThings}\\b)\\p{L}{2}|(?:don't|do not) ${doesNot}\\b)(?![^.!?,;]*\\?)`,
      "I ",
    ],
    ["allergic to \\p{L}", "I am "],
  ] as const
).map(([words, subject]): Rewriting => [
  new RegExp(`${begins}(${adverb})(?=${words})(\\p{L})`, "giu"),
  // The verb is no longer the first word.
  (_, before, first) => `${subject}${before.toLowerCase()}${first.toLowerCase()}`,
]);

/** Verbs of which a sentence about the user often has several. */
const userVerbs = alternatives(`
  likes loves enjoys prefers hates dislikes lives works speaks plays studies drives eats drinks owns collects wants needs uses takes
  reads writes cooks teaches travels practi[cs]es avoids follows supports visits goes watches runs has
`);
/** Verbs with which a note about the user begins. */
const noteVerbs = alternatives(`
  likes loves enjoys prefers hates dislikes lives_(?:in|near|with) works_(?:at|as) speaks_(?=\\p{Lu}) studies owns collects teaches
  is_(?:allergic|vegan|vegetarian|based|married|from) has_(?:an?|two|three|\\d+)
`);

/** Words after "user" that make it part of another noun. */
const nouns = alternatives(`
  interface experience name names manual story stories account guide testing research input base id data group groups
  asks asked should must is_asking wants_me wants_you wants_to_know says said mentioned stated noted explained told
`);
const aboutUser = new RegExp(`${begins}(?:the )?user(?:('s)|(?! ${nouns}\\b))(?= \\p{L})`, "giu");

/** "The user mentioned that they …" */
const reported = new RegExp(
  `${begins}(?:the )?user (?:also )?(?:mentioned|said|stated|noted|explained|shared|confirmed|told me|told us|tells me|says|mentions|states) (?:that )?(?:they|he|she|the user) `,
  "giu",
);
/** "They" in a line about the user means the user, unless the line is about people whom the user has. */
const pronounOfUser = /(?<=[.!?;,] |\band )(?:they|he|she) /giu;
const isAboutOthers = /\buser's (?!name\b|favou?rite\b|preferred\b|birthday\b)|\buser has (?!been\b)/i;
/** The verbs of a sentence with several: "lives in Rome, likes tea and has a dog". */
const userVerb = new RegExp(
  `(?<=\\bI (?:(?:currently|now|also|still|really) )?|, (?:and )?|\\band (?:also )?)${userVerbs}(?= [\\p{L}\\d])`,
  "gu",
);
const severalVerbs = new RegExp(
  `^I (?:(?:currently|now|also|still|really) )?${userVerbs} [^.!?]*(?:, |\\band )(?:and |also )?${userVerbs} `,
  "u",
);
/** Notes without a subject: "Prefers dark mode." */
const note = new RegExp(`^${noteVerbs} ?(?!${pointers}\\b|(?:me|us|when)\\b)\\p{L}(?![^.!?]*\\?)`, "iu");

/** Verbs of the third person whose first person has another form. */
const ownForms: Readonly<Record<string, string>> = { is: "am", has: "have", does: "do" };

/**
 * Adds the missing subject to a sentence. Puts a sentence about "the user", which a program may have written, into the first
 * person. The rules read only the first person.
 */
export function toFirstPerson(line: string): string {
  if (/^(?:the )?user\b/i.test(line)) return asOwnWords(line);
  if (note.test(line)) return asOwnWords(`User ${line[0]!.toLowerCase()}${line.slice(1)}`);
  return addSubject(
    inOwnWords(line).replaceAll(pastDeed, (said: string, before: string, verb: string) =>
      isPast(verb.toLowerCase()) === true && !otherPasts.has(verb.toLowerCase())
        ? `I ${before.toLowerCase()}${verb.toLowerCase()}`
        : said,
    ),
  );
}

const addSubject = createRewriter(withoutSubject);
/** The beginning of a note about what the user did: "Moved to Berlin". */
const pastDeed = new RegExp(
  `${begins}(${adverb})(\\p{L}+)(?= [\\p{L}\\d])(?! (?:[\\p{L}'-]+ ){0,3}(?:is|are|was|were)\\b)(?![^.!?,;]*\\?)`,
  "giu",
);

/** Things of which a speaker usually has only one, so "my" can be left out. */
const own = `${relatives}|${pets}|boss|manager|landlord|landlady|flatmate|roommate|housemate|hubby|wifey|nan|gran|car|phone|laptop|rent|salary|mortgage|flight|appointment|wedding|commute|therapist|dentist|gp|physio`;

/** What people call their relatives instead of a name. */
const familyNames = alternatives(`
  mum mom mam mama mamma mummy mommy dad daddy papa nan nana nanny gran granny grandma granddad grandad grandpa gramps hubby wifey
  auntie abuela abuelo nonna nonno oma opa lola lolo tita tito amma appa
`);

/** Wordings without the first person that are about the speaker. */
const ownWordings: readonly Rewriting[] = [
  [/(?<=^|[.!?,] )(?:and )?it turns out (?:that )?(?=(?:i|i'm|my|we|our)\b)/giu, ""],
  [/(?<=^|[.!?,] )((?:the|our|my) \p{Ll}{3,20})'s (?=going to be\b)/giu, "$1 is "],
  ...verblessNotes,
  [/(?<=^|[.!?,] )(rent|commute|electricity) here (?=is )/giu, "$1 "],
  ...clefts,
  // "My daughter Imogen (she's 6) …", "our son Theo, 6, …"
  [
    new RegExp(
      `\\b(my|our) ((?:\\p{Ll}+ )?(?:${relatives}|${pets})(?: \\p{Lu}\\p{L}+)?)(?: \\((?:(?:he|she|they|it)(?:'s| is| are)? )?(\\d{1,2})(?: ?(?:years? old|yo|yrs?))?\\)|, (\\d{1,2}),)`,
      "giu",
    ),
    "$1 $2 is $3$4 and $1 $2",
  ],
  [
    /(?<=^|[.!?,] )(?:please )?(?:e-?mail|write to) me (?:at|on) (?=[^ @]{1,64}@[^ @]{1,64}\b)/giu,
    "my email is ",
  ],
  [/(?<=^|[.!?,] )(?:please )?(?:call|text|ring|phone) me (?:at|on) (?=\+?\d)/giu, "my phone number is "],
  // "She works nights now, my sister."
  [
    new RegExp(
      `(?<=^|[.!?] )(?:he|she|it)(?= (?:is|has|was|got|just|now|no|does|did|\\p{L}+s|\\p{L}+ed)\\b|'s\\b)([^.!?,]{3,80}), my ((?:\\p{Ll}+ )?(?:${relatives}|${pets}|friend|boss|car|phone))(?=$|[.!,])`,
      "giu",
    ),
    "my $2$1",
  ],
  [
    /(?<=^|[.!?,] )(?:my (?:\p{Ll}+ ))?(\p{Lu}\p{L}+) and (?:I|me) (?:have |had |just |recently |finally )*(?:broke up|broken up|split up|split|parted ways|separated|called it (?:off|quits)|ended (?:it|things)|fell out|fallen out|no longer (?:talk|speak)|do not (?:talk|speak)|don't (?:talk|speak))\b/gu,
    "I broke up with $1",
  ],
  [
    /(?<=^|[.!?,] )(?:my (?:\p{Ll}+ ))?(\p{Lu}\p{L}+) and (?:I|me) (?:are |have |had |just |recently |finally )*(?:(?:got|are|am|been) )?(married|engaged|divorced)\b/gu,
    "I got $2 to $1",
  ],
  [
    /(?<=^|[.!?,] )(\p{Lu}[\p{L} ]{1,30}?) (?:has become|became|is now) my (?:new )?(favou?rite \p{L}+)/gu,
    "my $2 is $1",
  ],
  [
    /(?<=^|[.!?,] )(?:the |our )?(dinner|lunch|brunch|meeting|trip|wedding|party|appointment|flight|holiday|vacation|concert|date|call|interview|game|match)((?: (?:with|to|on|in|at) \p{L}+){0,2}) (?=(?:is|has been|was|got) (?:cancell?ed|called off|off|postponed)\b)/giu,
    "my $1$2 ",
  ],
  ...deedsOfOthers,
  [
    /(?<=^|[.!?,] )(?:(?:we|i) (?:have |just )*)?renamed (?:my|our|the) (?!(?:dog|cat|puppy|kitten)\b)([\p{L}-]+(?: [\p{L}-]+)?) (?:from \S+ )?to (\p{Lu}\p{L}*)/giu,
    "my $1 is called $2 now",
  ],
  [
    /(?<=^|[.!?,] )the ([\p{L}-]+) (?:was|got|has been) renamed (?:from \S+ )?to (\p{Lu}\p{L}*)/giu,
    "my $1 is called $2 now",
  ],
  [
    /(?<=^|[.!?,] )(?:me and (?:my \p{Ll}+ )?(\p{L}{2,})|(?:my \p{Ll}+ )?(\p{Lu}\p{L}+) and (?:I|me)) (?:aren't|are not|are no longer|are not really) (friends|close|together|talking|speaking|on speaking terms)(?: any ?more)?\b/giu,
    "I am no longer $3 with $1$2",
  ],
  [/\b(lives?|living|staying|moved in) with us\b/gi, "$1 with me"],
  [
    /(?<=^|[.!?,] )(?:the )?scales? (?:say|says|said|reads?|showed|shows?) (?=(?:i'm |i am )?\d)(?:i'm |i am )?/gi,
    "I now weigh ",
  ],
  [/\bguess who(?:'s| is) /gi, "I am "],
  [/\bguess who (?=can|has|just|got|passed|finally)/gi, "I "],
  [
    /(?<=^|[.!?,] )(?:me and (?:my \p{Ll}+ )?(\p{Lu}\p{L}+)|(?:my \p{Ll}+ )?(\p{Lu}\p{L}+) and (?:I|me)) have been (?:dating|going out|together|seeing each other)\b/gu,
    "I have been dating $1$2",
  ],
  [
    /(?<=^|[.!?,] )(?:me and (?:my \p{Ll}+ )?(\p{Lu}\p{L}+)|(?:my \p{Ll}+ )?(\p{Lu}\p{L}+) and (?:I|me)) are (?:dating|going out|together|an item|a couple)\b/gu,
    "I am dating $1$2",
  ],
  [
    /(?<=^|[.!?,] )(?:(?:i|we) (?:have |just |finally )*)?(?:changed|updated|switched|renamed) (?:my|our) (?!mind\b|attention\b|focus\b|plans?\b)([\p{L}-]+(?: [\p{L}-]+)?) (?:from \S+ )?to (?=\S)/giu,
    "my $1 is now ",
  ],
  [
    /(?<=^|[.!?,] )(?:(?:these days|now),? )?it(?:'s| is) (?:now |all )?([\p{L}\p{N}+ -]{2,30}?) for (?:me|us) (?=rather than|instead of|now\b|these days)/giu,
    "I am on $1 ",
  ],
  [
    /(?<=^|[.!?,] )(?:(?:since|after) [^.!?,]{2,40} )?it(?:'s| is) (?:strictly|purely) ([\p{L}\p{N}+ -]{2,30}?) for (?:me|us)(?=[.!,;]|$)/giu,
    "I am only on $1",
  ],
  [/\bno more ([\p{L}\p{N}' -]+?) for (?:me|us)\b/giu, "I gave up $1"],
  [
    /(?<=^|[.!?,] )(?:(?:so|well|poor|sadly),? )*the ([\p{L}-]+(?: [\p{L}-]+)?) (?=(?:just |finally |has |sadly )*(?:died|passed away|ran away|got stolen|was stolen|broke down|gave up the ghost)\b)/giu,
    "my $1 ",
  ],
  [
    /(?<=^|[.!?,] )(?:(?:i|we) (?:had to |just |have )*)?(?:push(?:ed)?|mov(?:ed?)|postponed?|rescheduled?|brought|chang(?:ed?)|delay(?:ed)?) (?:my|our|the) ([\p{L}-]+(?: (?!back|forward|up|over)[\p{L}-]+)?) (?:back |forward |up |over |on )?(?:from [\p{L}\p{N}: ]+? )?to (?=(?:the )?(?:\d|next|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun))/giu,
    "my $1 was moved to ",
  ],
  [
    new RegExp(
      `(?<=^|[.!?,] )(?:(?:and|but|so|also|oh|btw|yeah|ok|well|now),? )?(?=(?:new )?(?:${own})(?: \\p{Lu}\\p{L}+)?(?:'s| (?:is|has|was|had|just|finally|now|no longer|moved|works|lives|went|came|started|turned|turns|left|quit|got|goes|died|passed|loves|hates|likes|prefers|retired|broke|needs|became|changed|switched|speaks|plays|studies)) )(\\p{L})`,
      "giu",
    ),
    (_, first) => `my ${first.toLowerCase()}`,
  ],
  [
    /(?<=^|[.!?,] )(?!i |we |you |it |that |this |they |he |she |my |don't |do |not |never |what )(?:the |our )?([\p{L}\p{N}+' -]{3,40}?)(?: is| are| was|'s)?(?: has been)?(?: now)? (cancell?ed|sold|deleted|uninstalled|ditched)(?=[.!,;]|$)/giu,
    "I $2 my $1",
  ],
  [
    /(?<=^|[.!?,] )(?!(?:\p{L}+ ){0,3}(?:i|we|you|it|that|this|they|he|she|which)\b)(?:the |our |my )?([\p{L}\p{N}' -]{3,40}?)(?:'s| is| are)(?: now| all| finally)* (paid off|paid back|binned|scrapped)(?=[.!,;]|$)/giu,
    "I $2 my $1",
  ],
  [/(?<=^|[.!?] )(?=favou?rite [\p{L} ]+ (?:is|are|has always been) )/giu, "my "],
  [/(?<=\bfavou?rite [\p{L} ]{1,40}) has always been /giu, " is "],
  precede(`${familyNames}(?:'s)? (?!of |to |or |in |jeans |jokes? |bod )\\p{Ll}`, "my"),
];

const inOwnWords = createRewriter(ownWordings);

function asOwnWords(line: string): string {
  const said = line
    .replaceAll(reported, "I ")
    .replaceAll(aboutUser, (_, possessive?: string) => (possessive === undefined ? "I" : "My"));
  const named = isAboutOthers.test(line) ? said : said.replaceAll(pronounOfUser, "I ");
  return (severalVerbs.test(named) ? named.replaceAll(userVerb, ownFormOf) : named)
    .replaceAll(
      /(?<=\bI (?:(?:currently|now|also|still|no longer) )?)(?:is|has|does)(?=n't\b|\b)/g,
      ownFormOf,
    )
    .replaceAll(/\b(?:their|his\/her)\b/g, "my");
}

/** The first person of a verb in the third: `study` for `studies`. */
function ownFormOf(verb: string): string {
  if (Object.hasOwn(ownForms, verb)) return ownForms[verb]!;
  return verb.replace(/ies$/, "y").replace(/(?<=ch|sh|x|ss|go)es$|(?<!e)s$|(?<=e)s$/, "");
}
