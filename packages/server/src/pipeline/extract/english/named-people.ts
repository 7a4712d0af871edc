import { occupations, pets, relatives } from "../../statement/topic-words.ts";
import { alternatives, wordSet } from "../../word-lists.ts";
import { givenNames } from "./given-names.ts";
import { lightWords } from "./light-words.ts";

const before = alternatives(
  "just finally recently now actually sadly officially has have had is was 's also already",
);
const news = alternatives(`
  moved_(?:back_)?(?:to|out|in_with) relocated_to turned_\\d+ lives_(?:in|with|alone) works_(?:at|for|as|in) got_married got_engaged got_divorced got_a_(?:new_)?job
  got_promoted died passed_away retired graduated started_(?:school|work|uni|university|kindergarten|at) studies goes_to speaks
  changed_(?:schools|jobs) switched_(?:schools|jobs) quit left_(?=\\p{Lu}) was_born had_a_baby broke_up stopped_(?=\\p{L}+ing) no_longer
  is_(?=\\d+\\b|pregnant|allergic|vegan|vegetarian|retired|engaged|married|divorced|an?_\\p{L}+) became_an?
  wears sleeps cooks sings teaches swims cycles smokes dances attends
  likes loves enjoys prefers hates dislikes adores plays drives eats drinks owns collects wants_to hopes_to plans_to
  is_(?:planning|learning|training|expecting|studying|looking_for|moving|working|living|from)\\b comes_from
  has_(?=an?\\b|two|three|four|\\d|kids|children)
`);
/** What two people do, or are: "Ana and Ben live in Oslo." */
const ofTwo = alternatives(`
  (?:like|love|enjoy|prefer|hate)_(?=\\p{L}) live_(?:in|near) work_(?:at|for|in) have_(?=two|three|\\d|kids|children) are_(?=married|engaged|divorced|vegan|vegetarian|from\\b)
`);
/** Verbs of which only a person or a pet is the subject, in the third person or the past. */
const ofPeople = alternatives(`
  wears? wore sleeps slept eats ate drinks drank drives drove rides rode swims swam plays played cooks cooked smokes smoked
  sings sang dances danced teaches taught attends attended studies studied graduated enrolled joined_(?:our|her|his|us|me|the_(?:band|team|choir|army|navy)) quit retired resigned_from
  flew moved_(?:to|in|out|away|back|into|over) came_(?:home|back|over) went_(?:to|back|home) goes_(?:to|by) gets_(?:up|around) got_(?:an?_(?!error|update|bug)|the|into|in|her|his|promoted|fired|married|engaged|divorced|accepted|out|better|sick)
  turned_(?=\\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|eighteen) turns_\\d took_(?:over|up|the|an?|her|his) takes_(?:the|an?|\\d|her|his|medication|insulin) gave_(?:up|birth|me|us|the) lost_(?:her|his|the|an?|\\d) won_(?:an?|the|her|his)
  left_(?:the|for|school|home|us|her|his|me) broke_(?:her|his|up|off|an?) hurt_(?:her|his) sprained caught_(?:an?|the) recovered died had_(?:an?|her|his|the|twins|surgery) has_(?:her|his|moved|quit|left|started|stopped|joined|been|got|gone|taken|retired|finished|given)
  weighs snores barks bites hunts fears stepped_(?:down|back|up|in) closed_(?:her|his|the) opened_(?:her|his|an?) works lives lived started_(?=an?|the|as|her|his|at|\\p{L}+ing) stopped_(?=\\p{L}+ing|the)
  needs_(?=an?_new|glasses|braces|\\d|insulin|surgery|therapy|medication|size|bigger|new) is_(?=in_(?:\\p{Lu}|hospital|grade|year|kindergarten|nursery|second|third|first)|at_(?:\\p{Lu}|uni|school|college|nursery)|on_(?:the|holiday|maternity|insulin|antibiotics)|getting|staying|running|teaching|taking|scared|afraid|terrified|due_(?:in|on)|back_(?:in|at|from)|off_to|back|over)
`);
const theirs = `${relatives}|${pets}`;
const saying = new RegExp(
  `(?<=^|[.!?] )(?:(?:oh|so|btw|poor|and|also|update:|well),? )?(\\p{Lu}\\p{Ll}{1,20}(?: \\p{Lu}\\p{Ll}{1,20}| and \\p{Lu}\\p{Ll}{1,20})?)('s (?:${theirs}))? (\\p{Ll}[^.!?,;:()]{0,120})(?=[.!,;]|$)`,
  "gu",
);
const isNews = new RegExp(`^(?:${before} )*(?:${news}|${ofPeople})\\b`, "u");
const isNewsOfTwo = new RegExp(`^(?:${before} )*(?:${ofTwo})\\b`, "u");
/** What a named relative does or is. */
const isState = new RegExp(
  `^(?:${before} )*(?:is|has|\\p{Ll}+s|\\p{Ll}+ed)(?<!\\b(?:was|says|said|thinks|asked|wants|called|texted|loved|seems)) \\p{Ll}`,
  "u",
);
/** What a person does for the user's things: "Ines is on our committee". */
const isOfUser = /^(?:is|lives|works|has|helps|looks) (?!my\b|our\b)\p{L}.*\b(?:(?:my|our) \p{L}|us\b)/u;
const family = new RegExp(
  `^(?:is |became )an? (?!.*(?:${occupations}|student|mom|dad|mother|father|vegan|vegetarian|fan of|native)\\b)`,
  "u",
);
/** A person is meant if the line goes on with one of these. */
const ofPerson = /\b(?:he|she|him|his|her)\b/gi;
const isPronoun = /^(?:he|she|you|they|we|it|that|this|there|who|what)$/i;
const titles = wordSet(
  "Chef Dr Mr Mrs Ms Prof Professor Uncle Auntie Aunt Coach Old Young Little Baby Grandpa Grandma Papa Mama",
);
const unclear = /\b(?:you|your|it|that|this|i|me|we|there|here)\b/i;
const ofUser: Readonly<Record<string, string>> = { my: "User's", our: "User's", us: "User" };

/**
 * What a line says about people whom it names: "Kwame has moved to Toronto." Returns only news and states that are certainly
 * facts.
 */
export function namedPeopleIn(line: string, isName: (word: string) => boolean): readonly string[] {
  const lastOfPerson = [...line.matchAll(ofPerson)].at(-1)?.index ?? -1;
  return [...line.matchAll(saying)].flatMap(
    ({ 0: clause, 1: name = "", 2: whose = "", 3: said = "", index }) => {
      const isFact =
        isNews.test(said) ||
        (name.includes(" and ") && isNewsOfTwo.test(said)) ||
        (whose !== "" && isState.test(said)) ||
        isOfUser.test(said);
      if (!isFact || isPronoun.test(name) || unclear.test(said) || family.test(said)) return [];
      const words = name.split(/ (?:and )?/);
      const isFullName = name.includes(" ");
      // "Harry Potter's mother" is of a book.
      if (whose !== "" && isFullName && !words.every(isName)) return [];
      const isPerson = lastOfPerson >= index + clause.length - said.length;
      const isSure = (word: string, at: number) =>
        (titles.has(word) && at < words.length - 1) ||
        ((isPerson || givenNames.has(word.toLowerCase()) || isName(word)) &&
          !lightWords.has(word.toLowerCase()));
      if ((whose === "" || isFullName) && !words.every(isSure)) return [];
      const predicate = said.trim().replace(/^(?:just|finally|now|actually|sadly|officially) /, "");
      return [`${name}${whose} ${predicate.replaceAll(/\b(?:my|our|us)\b/g, (word) => ofUser[word]!)}.`];
    },
  );
}
