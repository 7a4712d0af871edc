import { wordSet } from "../../word-lists.ts";

/** Capitalised words that may follow "I am" but are not names. */
const notNames = wordSet(`
  African American Argentinian Asian Australian Austrian Belgian Black Brazilian British Bulgarian Canadian Caucasian
  Chilean Chinese Colombian Croatian Cuban Czech Danish Dutch Egyptian English Estonian Ethiopian European Filipino
  Filipina Finnish French German Greek Hispanic Hungarian Icelandic Indian Indonesian Iranian Iraqi Irish Israeli Italian
  Jamaican Japanese Korean Latin Latina Latino Lebanese Lithuanian Malaysian Mexican Mormon Moroccan Nepali Nigerian
  Norwegian Pakistani Peruvian Polish Portuguese Romanian Russian Scottish Serbian Singaporean Slovak Somali Spanish
  Swedish Swiss Syrian Taiwanese Thai Turkish Ukrainian Venezuelan Vietnamese Welsh White
  Agnostic Amish Atheist Baptist Buddhist Catholic Christian Hindu Jewish Lutheran Methodist Muslim Orthodox
  Presbyterian Protestant Sikh
  Aries Taurus Gemini Cancer Leo Virgo Libra Scorpio Sagittarius Capricorn Aquarius Pisces
  Conservative Democrat Democratic Liberal Libertarian Republican Socialist
  Autistic Deaf Bisexual Gay Lesbian Trans Vegan Vegetarian Single Married
`);

const name = String.raw`\p{Lu}[\p{L}'-]*\p{Ll}(?: \p{Lu}[\p{L}'.-]*){0,2}`;
const introduction = new RegExp(`^User (?:is|goes by|is called|is named) (${name})\\.$`, "u");
const age = /^User is (\d{1,3})(?: years?(?: old)?| yrs?(?: old)?| y\/o)?\.$/;

/** "User has a new boss, Karen", "User's band's new name is Fenwick": what the new thing is. */
const attribute =
  "favou?rite [\\p{L}-]+|[\\p{L}-]+ (?:number|address|provider)|boss|manager|landlord|landlady|number|e-?mail|address|nickname|username|job title|therapist|dentist|doctor|gp|tutor|coach|trainer|hairdresser|supervisor|surname|last name";
const newValue = new RegExp(
  `^User has an? new (${attribute})(?:,|:| called| named) (?:called |named )?(.+)$`,
  "u",
);
const newName = /^(User's [\p{L} -]+?)'s new name is (.+)$/u;

/** Puts names, ages and new values into one wording. */
export function reword(text: string): string {
  const introduced = introduction.exec(text)?.[1];
  if (introduced !== undefined && !introduced.split(" ").some((word) => notNames.has(word))) {
    return `User's name is ${introduced}.`;
  }
  return text
    .replace(age, "User is $1 years old.")
    .replace(
      newValue,
      (_, owned: string, value: string) =>
        `User's ${owned === "number" ? "phone number" : owned} is ${value}`,
    )
    .replace(newName, "$1 is called $2");
}
