import { plainFormOf } from "../../statement/fingerprint.ts";
import { normalFormOf } from "../../normalise/normal-form.ts";
import { wordSet } from "../../word-lists.ts";

const emptyWords = foldedSet(
  `a an the and or but of to in on at by for from with as that this these those it its is are was were be been being am
   has have had do does did not no never can could will would should may might must user users their they them there
   i my me you your we our he she his her so very also just`,
);

const segmenter = new Intl.Segmenter(undefined, { granularity: "word" });

/** The words of a text as they are written. */
export function wordsOf(text: string): string[] {
  const segments = [...segmenter.segment(normalFormOf(text, "NFKC"))];
  return segments.flatMap(({ segment, isWordLike }) => (isWordLike ? [segment] : []));
}

/** A word in the form in which words are compared. */
export function foldedOf(word: string): string {
  return plainFormOf(word.toLowerCase().replace(/['’]s$/, ""));
}

/** Whether a folded word has no meaning of its own. A message that shares only such words does not support a statement. */
export function isEmptyWord(folded: string): boolean {
  return emptyWords.has(folded);
}

/** The words of a list in the form in which they are compared. */
export function foldedSet(text: string): ReadonlySet<string> {
  return new Set([...wordSet(text)].map(foldedOf));
}

/** The words of a text in the form in which they are compared. */
export function foldedWordsIn(text: string): ReadonlySet<string> {
  return new Set(wordsOf(text).map(foldedOf));
}
