// Everyday topics, so that a question finds memories that answer it in other words: "eat" finds "favorite food".
import { wordSet } from "../pipeline/word-lists.ts";

/** The words of each topic, the most telling first. */
const topics: readonly ReadonlySet<string>[] = [
  "food cuisine eat meal dish restaurant cook dinner lunch breakfast recipe vegetarian vegan snack hungry diet menu",
  "drink coffee tea beer wine beverage cocktail juice thirsty",
  "live home city town moved address apartment house neighborhood hometown country residence reside",
  "work job employer company career profession occupation office employed colleague boss",
  "family parents mother father brother sister siblings children kids son daughter relatives cousin",
  "married wife husband spouse partner wedding girlfriend boyfriend engaged fiance relationship divorced single",
  "pet dog cat puppy kitten animal hamster rabbit parrot fish",
  "travel trip vacation holiday journey flight abroad visit tour destination",
  "health doctor allergic allergy illness medication disease condition diagnosed symptom therapy hospital",
  "sport exercise gym fitness workout run swim soccer football tennis basketball yoga training",
  "music song band concert guitar piano instrument sing listen singer album",
  "book read novel author reading literature library",
  "movie film watch series show cinema television",
  "school study university college degree course major student class education graduate",
  "language speak fluent bilingual native",
  "hobby hobbies interests pastime fun weekend leisure enjoy",
  "birthday born age birth",
  "car drive vehicle bike motorcycle truck commute",
  "money salary budget pay income rent mortgage savings afford",
  "computer laptop phone software device",
].map(wordSet);

/** The most related words that a search looks up. */
const mostRelated = 12;

/** The words of the same topics as the words of a query, without these words themselves. */
export function wordsRelatedTo(query: string): readonly string[] {
  const words = new Set([...query.toLowerCase().matchAll(/[a-z]+/g)].flatMap(([word]) => stemsOf(word)));
  const own = topics.filter((topic) => [...topic].some((word) => words.has(word)));
  return own
    .flatMap((topic) =>
      [...topic].filter((word) => !words.has(word)).slice(0, Math.floor(mostRelated / own.length)),
    )
    .slice(0, mostRelated);
}

/** A word and its possible base forms: `eats` and `eating` have the base `eat`. */
function stemsOf(word: string): readonly string[] {
  return [
    word,
    word.replace(/(?:ing|es|ed|s)$/, ""),
    word.replace(/(?:ing|ed|s)$/, "e"),
    word.replace(/s$/, ""),
  ];
}
