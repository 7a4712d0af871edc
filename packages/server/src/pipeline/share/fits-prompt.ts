import { plainFormOf } from "../statement/fingerprint.ts";
import type { Statement } from "../statement/statement.ts";
import { wordSet } from "../word-lists.ts";

/** The words that a prompt asks for, and those that it does not want, in plain form. */
export interface PromptWords {
  readonly wanted: ReadonlySet<string>;
  readonly unwanted: ReadonlySet<string>;
}

/** Words of any prompt that say nothing about its topic. */
const generic = plainSet(`
  a about all also an and any anyone anything are as at be belong belongs best by can concern concerns concerning contain contains
  could detail details do does each every everyone everything fact facts for from general get group has have help how if important in
  include including info information into is it its keep kind kinds know made make makes matter matters may memories memory more most
  much my need needs new note notes of on one only or other our own people person please related relates relevant remember s save
  should so some stuff such than that the their them there these they thing things this those to topic topics up us use used useful
  user users useful various want we what when where which who will with within would you your
`);

/** After one of these words, a prompt names what it does not want. */
const exclusion = /\b(?:but not|not|no|except|excluding|without|never|nothing|ignore|unless|other than)\b/i;

/**
 * Words of the same topic: a prompt with one of them fits a statement with another. The first word is the
 * `factType` of statements on this topic, if there is such a type. A time of day counts as the word `clock`.
 */
const topics = [
  `diet food foods eat eats eating meal meals lunch dinner breakfast snack snacks restaurant restaurants cook cooking cuisine
   vegetarian vegan pescatarian kosher halal recipe recipes drink drinks coffee tea catering menu`,
  `plan meeting meetings standup stand-up sync retro retrospective call calls appointment appointments agenda calendar schedule schedules
   scheduling deadline deadlines logistics room rooms conference clock monday mondays tuesday tuesdays wednesday wednesdays thursday
   thursdays friday fridays saturday saturdays sunday sundays time times date dates availability event events`,
  `job work works working project projects team teams office colleague colleagues client clients customer customers company employer
   product products release releases launch roadmap career role roles business professional expertise skills`,
  `software code coding programming program programs language framework frameworks tool tools editor deploy deploys deployment database
   databases server servers api apis stack repository ci backend frontend engineering technical tech technology linux windows python
   typescript javascript rust java react`,
  `travel travels trip trips flight flights fly flies flying hotel hotels holiday holidays vacation visit visits visiting itinerary
   airport destination destinations abroad journey`,
  `home lives live living house flat apartment city town location locations moved relocated neighbourhood neighborhood housing based`,
  `pet pets dog dogs cat cats puppy kitten hamster rabbit parrot animal animals`,
  `preference prefer prefers preferences like likes love loves enjoy enjoys favourite favorite hate hates taste tastes hobby hobbies
   interest interests interested fan`,
  `instruction answer answers reply replies respond responses style tone format formatting`,
  `education school university college study studies studying course courses exam exams degree student class classes learn learning`,
  `sport sports football soccer tennis basketball baseball run runs running gym hike hikes hiking swim swims swimming cycling fitness
   climbing marathon team`,
  `music band bands concert concerts guitar piano song songs album albums`,
  `reading read reads book books novel novels author authors`,
  `film films movie movies cinema series tv show shows`,
  `game games gaming videogame videogames chess`,
  `possession car cars drives bike bikes vehicle vehicles gear equipment device devices laptop phone`,
].map(plainSet);

/** Reads the words of a prompt. The words after "not" or "except" in a sentence are unwanted. */
export function readPromptWords(prompt: string): PromptWords {
  const wanted = new Set<string>();
  const unwanted = new Set<string>();
  for (const sentence of prompt.split(/[.;!?\n]+/)) {
    const [included, ...excluded] = sentence.split(exclusion);
    for (const word of contentOf(included ?? "")) wanted.add(word);
    for (const word of contentOf(excluded.join(" "))) unwanted.add(word);
  }
  return { wanted: withTopics(wanted), unwanted };
}

/** Whether a statement is about something that the prompt asks for, and about nothing that it does not want. */
export function fitsPrompt(
  { text, factType }: Pick<Statement, "text" | "factType">,
  { wanted, unwanted }: PromptWords,
): boolean {
  const said = contentOf(text.replaceAll(/\b\d{1,2}(?::\d\d)? ?(?:am|pm)\b|\b\d{1,2}:\d\d\b/gi, "clock"));
  const words = factType === null ? said : [...said, plainFormOf(factType)];
  return words.some((word) => wanted.has(word)) && !words.some((word) => unwanted.has(word));
}

function withTopics(words: ReadonlySet<string>): ReadonlySet<string> {
  const asked = topics.filter((topic) => [...words].some((word) => topic.has(word)));
  return new Set([...words, ...asked.flatMap((topic) => [...topic])]);
}

function contentOf(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+(?:[-+#][\p{L}\p{N}]*)*/gu) ?? [];
  return words.map(plainFormOf).filter((word) => !generic.has(word));
}

function plainSet(words: string): ReadonlySet<string> {
  return new Set([...wordSet(words)].map(plainFormOf));
}
