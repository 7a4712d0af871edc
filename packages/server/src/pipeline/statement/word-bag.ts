import { isPast } from "./verb-forms.ts";
import { plainFormOf, propositionOf, type Proposition } from "./fingerprint.ts";
import { wordSet } from "../word-lists.ts";

/** Words that add nothing to the others: "has a Volvo", "the car is a Volvo". */
const light = wordSet(`
  have hav own be is are am was been do get got i of in on at for to from with by as and my their his her its his or that which who it us them they
  will work speak spoken fluently very really so pretty quite total absolut big huge all everi singl own person called named nam call now current usual mostli alway reall sure years year old yr
`);
/** With one of these words the order of the others matters: "moved from Rome to Oslo". */
const ordered =
  /\b(?:than|before|after|until|into|instead|but|because|if|when|while|not|never|no|without|from .* to|to .* from)\b/;

/** Words of one meaning: the doer for the deed, the thing for what is done with it. All are read as the first word. */
const meanings: ReadonlyMap<string, string> = new Map(
  [
    "car drive drives automobile",
    "married marry wife husband spouse hubby",
    "vegetarian veggie",
    "work job employer employed profession occupation",
    "study studies studied degree major",
    "friend pal mate buddy",
    "like likes love loves enjoy enjoys adore adores fan fond keen support supports",
    "live lives reside resides based home",
    "bad badly terrible terribly awful awfully",
    "allergic allergy",
    "diabetes diabetic",
    "asthma asthmatic",
    "use uses using",
  ].flatMap((line) => {
    const [first = "", ...others] = line.split(" ").map((word) => rootOf(plainFormOf(word)));
    return [first, ...others].map((word) => [word, first] as const);
  }),
);

/**
 * Equal for statements with the same main words in any order: "speaks fluent Tagalog", "Tagalog is fluent". Null if the order
 * matters or the words are too few.
 */
export function wordBagOf(text: string, { words, denied }: Proposition = propositionOf(text)): string | null {
  if (ordered.test(text.toLowerCase())) return null;
  const known = new Set(words.filter((word) => !light.has(word)).map(meaningOf));
  if (denied || known.size < 2) return null;
  const planned =
    /^User (?:will\b|is (?:moving|flying|travell?ing|going|leaving|starting|driving|visiting)\b)/.test(text);
  const tense = planned
    ? "will "
    : isPast(/^User (?!studied|graduated)(\p{Ll}+)/u.exec(text)?.[1] ?? "") === true
      ? "was "
      : "";
  return tense + [...known].toSorted().join(" ");
}

function meaningOf(word: string): string {
  const root = rootOf(word);
  return meanings.get(root) ?? root;
}

/** The same for words of one family: "sleeper", "sleeps"; "therapy", "therapist". */
export function rootOf(word: string): string {
  return word.length > 5
    ? word.replace(/(?:ers?|ors?|ist|ians?|[ae]nc[ei]?|[ae]nt|t?ic|ing|ed|ly|li|y|i|e)$/, "")
    : word;
}
