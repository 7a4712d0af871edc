// Notes without a verb about what the user is or has: "Junior accountant at a bank", "no pets", "Born in Dundee".
import { callings, occupations, pets, relatives } from "../../statement/topic-words.ts";
import { alternatives } from "../../word-lists.ts";
import { precede, type Rewriting } from "./rewriting.ts";

const begins = String.raw`(?<=^|[.!?] )`;
const end = String.raw`(?=[.!?,;]|$)`;
const roles = `(?:${occupations}|${callings}|${alternatives(
  "fan supporter student undergrad graduate smoker parent mum mom dad user founder freelancer apprentice intern pensioner retiree accountant volunteer expat immigrant beginner owner lover",
)})`;

const verb = alternatives(
  "is are was were am has have had can will do does did i i'm we my our you your it that who the",
);
const words = String.raw`(?:(?!${verb}\b)[\p{L}\p{N}-]+ )`;

const withArticle: Rewriting[1] = (_, said) =>
  `I am ${/^[aeiou]/i.test(said) ? "an" : "a"} ${said.replace(/^\p{Lu}(?=\p{Ll})/u, (first) => first.toLowerCase())}`;

/** The wordings in the order in which they are replaced. */
export const verblessNotes: readonly Rewriting[] = [
  [new RegExp(`${begins}(?:an? )?(${words}{0,4}?${roles}) here${end}`, "giu"), withArticle],
  [
    new RegExp(
      `${begins}(?:an? )?((?!(?:this|every|any|no|best|what|dear)\\b)${words}{0,3}?${roles})(?= (?:at|in) (?:an?|the|\\p{Lu}))(?![^.!?,;:]* (?:${verb}|said|wanted|needed|missing)\\b)(?![^.!?,;]*\\?)`,
      "giu",
    ),
    withArticle,
  ],
  [
    /(?<=^|[.!?] )((?:first|second|third|fourth|final|last) year (?:of|in) (?!the )[^.,!?]{2,40}?) here(?=[.!?,;]|$)/giu,
    (_, year) => `I am in my ${year.charAt(0).toLowerCase()}${year.slice(1)}`,
  ],
  precede(`no (?:${pets}|${relatives}|car|tv|allergies|religion|tattoos)${end}`, "I have"),
  precede(`not (?:religious|married|vegan|vegetarian|diabetic|pregnant|allergic to \\p{L}+)${end}`, "I am"),
  precede("never (?:in|at|on) \\p{L}", "I am"),
  precede(
    "never (?:been|had|seen|done|eaten|taken|driven|flown|ridden|owned|smoked|tried|learned|learnt) \\p{L}",
    "I have",
  ),
  // "Have stopped eggs", "gone back to vinyl"
  precede(
    "(?:have|has) (?:stopped|quit|given up|moved|switched|changed|started|finished|sold|left|gone) (?![^.!?]*\\?)",
    "I",
  ),
  precede("gone (?:to|back to|over to|off) \\p{L}", "I have"),
  precede(
    "(?:(?:absolutely|totally|properly) )?(?:terrified|scared|frightened|petrified|fond|proud owner) of \\p{L}",
    "I am",
  ),
  // "There are six hens in our coop", "two sugars in my tea", "18 years left on the mortgage"
  [
    new RegExp(
      `${begins}there(?: is| are|'s) ((?:an?|one|two|three|four|five|six|seven|eight|nine|ten|only|\\d+) (?:${words}){1,4}?)(?=(?:in|on|at|behind|outside|under) (?:my|our) )(?![^.!?]*\\?)`,
      "giu",
    ),
    "I have $1",
  ],
  [
    new RegExp(
      `${begins}(?=(?:one|two|three|four|five|six|seven|eight|nine|ten|\\d+) (?:${words}){1,3}?(?:in my|on my|left on the|left on my|to go on the) [\\p{L} ]{2,30}${end})(\\p{L}|\\d)`,
      "giu",
    ),
    (_, first) => `I have ${first.toLowerCase()}`,
  ],
  // "We're a startup of 12 people", "there will be 14 of us at Christmas"
  [
    /(?<=^|[.!?,] )(?:we are|we're) an? (startup|team|company|firm|band|family|household|club|class|choir) of (\d+|[a-z]+)(?: people)?(?=[.!?,;]|$)/giu,
    "my $1 has $2 people",
  ],
  [
    /(?<=^|[.!?,] )there(?:'s| is| are| will be)(?: now| only)? (\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) of us(?: left)? (?:at|for|in) (?:the |our |my )?([\p{L}]+)(?=[.!?,;]|$)/giu,
    "my $2 has $1 people",
  ],
  [
    /(?<=^|[.!?,] )(?:we are|we're|we will be|we'll be)(?: now| only)? (\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) (?:at|for) (?=\p{L}+(?:[.!?,;]|$))(?!(?:dinner|lunch|breakfast|tea|this|that|once)\b)(\p{L}+)/giu,
    "my $2 has $1 people",
  ],
  // "Six months without a cigarette"
  [
    /(?<=^|[.!?,] )(?:it(?:'s| is| has been|'s been| makes) )?((?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) (?:days|weeks|months|years)) without (?:an? |one |any )?(\p{L}+)(?: today| now)?(?=[.!?,;]|$)/giu,
    (_, time, thing) => `I have not had a ${thing} for ${time.toLowerCase()}`,
  ],
  // "marathon PB 3:52", "Weight: 82 kg"
  [
    new RegExp(
      `${begins}(?:my )?((?:\\p{L}+ ){0,2}(?:pb|personal best|weight|height|shoe size|bp|blood pressure|hba1c|cholesterol|rent|salary|budget|gpa|cgpa|runway|pricing|deposit|dose|pulse|resting heart rate|bmi)):? (?=[$€£]?\\d)`,
      "giu",
    ),
    (_, measure) =>
      `my ${/^\p{Lu}{2}/u.test(measure) ? measure : measure.charAt(0).toLowerCase() + measure.slice(1)} is `,
  ],
  // "Largest customer: Norvik"
  [
    /(?<=^|[.!?] )((?:largest|biggest|main|current|new|best|first|second|lead|top) \p{Ll}+(?: \p{Ll}+)?): (?=\p{Lu}|[$€£]?\d)/giu,
    (_, thing) => `my ${thing.charAt(0).toLowerCase()}${thing.slice(1)} is `,
  ],
  precede(
    "only (?:have|own|eat|drink|speak|drive) \\p{L}(?![^.!?]*\\b(?:minutes?|seconds?|hours?|questions?)\\b)",
    "I",
  ),
  precede(
    "(?:born|raised|brought up|diagnosed|adopted)(?: and (?:bred|raised))? (?:in|with|by|at|on|as) (?![^.!?]*, (?:he|she|they|it)\\b|[^.!?,;]* (?<!\\bwhen i )(?:is|was)\\b)",
    "I was",
  ),
  [/(?<=^|[.!?] )had (?=[^.!?]* since )/giu, "I have had "],
  [
    /(?<=^|[.!?,] )(?:the )?(?:two|three|four|five|six|seven|eight|\d+) of us (?=share|live|rent|work|run)/giu,
    "we ",
  ],
];
