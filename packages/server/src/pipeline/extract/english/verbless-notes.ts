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
    "only (?:have|own|eat|drink|speak|drive) \\p{L}(?![^.!?]*\\b(?:minutes?|seconds?|hours?|questions?)\\b)",
    "I",
  ),
  precede(
    "(?:born|raised|brought up|diagnosed|adopted)(?: and (?:bred|raised))? (?:in|with|by|at|on|as) (?![^.!?]*, (?:he|she|they|it)\\b|[^.!?,;]* (?:is|was)\\b)",
    "I was",
  ),
  [/(?<=^|[.!?] )had (?=[^.!?]* since )/giu, "I have had "],
  [
    /(?<=^|[.!?,] )(?:the )?(?:two|three|four|five|six|seven|eight|\d+) of us (?=share|live|rent|work|run)/giu,
    "we ",
  ],
  [
    /(?<=^|[.!?] )the (?=(?:eldest|oldest|youngest|missus|in-laws|twins|kids) (?:is|are|was|were|has|have|just|got|goes|go|turned|started)\b)/giu,
    "my ",
  ],
];
