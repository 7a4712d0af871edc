import { occupations, pets, relatives } from "../../statement/topic-words.ts";
import { alternatives } from "../../word-lists.ts";
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
  (?:like|love|enjoy|prefer|hate)_(?=\\p{L}) live_(?:in|near) work_(?:at|for|in) have_(?=two|three|\\d|kids|children) are_(?=married|engaged|divorced|vegan|vegetarian|from\\b)
`);
const theirs = `${relatives}|${pets}`;
const saying = new RegExp(
  `(?<=^|[.!?] )(?:(?:oh|so|btw|poor|and|also|update:|well),? )?(\\p{Lu}\\p{Ll}{1,20}(?: \\p{Lu}\\p{Ll}{1,20}| and \\p{Lu}\\p{Ll}{1,20})?)('s (?:${theirs}))? (\\p{Ll}[^.!?,;:()]{0,120})(?=[.!,;]|$)`,
  "gu",
);
const isNews = new RegExp(`^(?:${before} )*(?:${news})\\b`, "u");
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
const unclear = /\b(?:you|your|it|that|this|i|me|we|there|here)\b/i;
const ofUser: Readonly<Record<string, string>> = { my: "User's", our: "User's", us: "User" };

/**
 * What a line says about people whom it names: "Kwame has moved to Toronto." Returns only news and states that are certainly
 * facts.
 */
export function namedPeopleIn(line: string, isName: (word: string) => boolean): readonly string[] {
  return [...line.matchAll(saying)].flatMap(([, name = "", whose = "", said = ""]) => {
    const isFact = isNews.test(said) || (whose !== "" && isState.test(said)) || isOfUser.test(said);
    if (!isFact || unclear.test(said) || family.test(said)) return [];
    const isFirstName = whose !== "" && !name.includes(" ");
    const words = name.split(/ (?:and )?/);
    if (!isFirstName && !words.every((word) => isName(word) && !lightWords.has(word.toLowerCase())))
      return [];
    const predicate = said.trim().replace(/^(?:just|finally|now|actually|sadly|officially) /, "");
    return [`${name}${whose} ${predicate.replaceAll(/\b(?:my|our|us)\b/g, (word) => ofUser[word]!)}.`];
  });
}
