import { alternatives } from "../../word-lists.ts";

const begins = String.raw`(?<=^|[.!?] )`;
/** Adverbs that may precede a verb without a subject. */
const adverb = "(?:(?:just|recently|finally|currently|now|already|actually|officially|also|still) )?";
const deeds = alternatives(`
  moved relocated switched started finished quit graduated bought sold adopted joined married divorced retired lost got
  became cancell?ed visited went booked changed renamed turned learned dropped gave_up broke_up left stopped decided_to
  ran flew drove upgraded replaced ditched traded enrolled hired resigned postponed rescheduled used_to began
`);
const doings = alternatives(`
  working living studying learning training planning moving reading using looking_for expecting saving dating renting
  driving volunteering teaching commuting running
`);
const likings = alternatives("love like hate enjoy prefer");
const pointers = alternatives(
  "it that this these those you your ya u how what the them him her here there so well out great back",
);
/** A finite verb later in the sentence shows that the gerund is its subject: "Working at night is hard". */
const finite = alternatives(
  "is was are were sounds? seems? can would will makes? has had have helps? keeps? gives?",
);

/** What people leave out in a note: "Moved to Berlin last month." Each matches from the first word. */
const withoutSubject: readonly (readonly [said: RegExp, subject: string])[] = (
  [
    [`${deeds} (?!${pointers}\\b)\\S`, "I "],
    [`${doings} (?!${pointers}\\b)\\p{L}+\\b(?![^.!?]*\\b${finite}\\b)`, "I am "],
    [`${likings} (?!${pointers}\\b)\\p{L}(?![^.!?]*\\?)`, "I "],
    ["(?:no longer|not) (?:an?|at|in|on|with|\\p{L}+ing|vegan|vegetarian|single|married)\\b", "I am "],
    ["no longer \\p{L}+\\b", "I "],
    ["(?:can't|cannot|can not) (?:eat|drink|have|stand|swim|drive)\\b", "I "],
    ["allergic to \\p{L}", "I am "],
  ] as const
).map(([words, subject]) => [new RegExp(`${begins}(${adverb})(?=${words})(\\p{L})`, "giu"), subject]);

/** Words after "user" that make it part of another noun. */
const nouns = alternatives(`
  interface experience name names manual story stories account guide testing research input base id data group groups
  asks asked should must is_asking wants_me wants_you wants_to_know says said
`);
const aboutUser = new RegExp(`${begins}(?:the )?user(?:('s)|(?! ${nouns}\\b))(?= \\p{L})`, "giu");

/** Verbs of the third person whose first person has another form. */
const ownForms: Readonly<Record<string, string>> = { is: "am", has: "have", does: "do" };

/**
 * Adds the subject to a sentence that lacks it, and puts a sentence about "the user", as programs write it, into the first
 * person. The rules read only the first person.
 */
export function toFirstPerson(line: string): string {
  if (/^(?:the )?user\b/i.test(line)) return asOwnWords(line);
  return withoutSubject.reduce(
    (text, [said, plain]) =>
      text.replaceAll(
        said,
        // The verb is no longer the first word.
        (_, before: string, first: string) => `${plain}${before.toLowerCase()}${first.toLowerCase()}`,
      ),
    line,
  );
}

function asOwnWords(line: string): string {
  return line
    .replaceAll(aboutUser, (_, possessive?: string) => (possessive === undefined ? "I" : "My"))
    .replaceAll(
      /(?<=\bI (?:(?:currently|now|also|still|no longer) )?)(?:is|has|does)(?=n't\b|\b)/g,
      (verb) => ownForms[verb]!,
    )
    .replaceAll(/\b(?:their|his\/her)\b/g, "my");
}
