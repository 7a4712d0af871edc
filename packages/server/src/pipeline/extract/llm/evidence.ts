import { plainFormOf } from "../../statement/fingerprint.ts";
import type { Message } from "../../normalise/normalise-messages.ts";
import { normalFormOf } from "../../normalise/normal-form.ts";
import { wordSet } from "../../word-lists.ts";

/** Words without a meaning of their own. A message that shares only these does not support a statement. */
const emptyWords = wordSet(
  `a an the and or but of to in on at by for from with as that this these those it its is are was were be been being am
   has have had do does did not no never can could will would should may might must user users their they them there
   i my me you your we our he she his her so very also just`,
);

const words = new Intl.Segmenter(undefined, { granularity: "word" });

/**
 * Whether the cited messages support a statement: they share at least one meaningful word with it and contain all of its names
 * and numbers. A model may reword; it must not add.
 */
export function isSupported(
  statement: string,
  cited: readonly Message[],
  heardIn: (said: string) => ReadonlySet<string> = foldedWordsIn,
): boolean {
  const heard = cited.map(({ content, saidAt }) =>
    heardIn(`${content} ${saidAt?.toISOString().slice(0, 10) ?? ""}`),
  );
  const isHeard = (word: string) => heard.some((each) => each.has(word));
  const stated = wordsOf(statement);
  if (!stated.map(foldedOf).some((word) => !emptyWords.has(word) && isHeard(word))) return false;
  // The first word is "User".
  return stated.slice(1).every((word) => !isNameOrNumber(word) || isHeard(foldedOf(word)));
}

/** The words of a message in the form that is compared. */
export function foldedWordsIn(said: string): ReadonlySet<string> {
  return new Set(wordsOf(said).map(foldedOf));
}

function wordsOf(text: string): string[] {
  const segments = [...words.segment(normalFormOf(text, "NFKC"))];
  return segments.flatMap(({ segment, isWordLike }) => (isWordLike ? [segment] : []));
}

function foldedOf(word: string): string {
  return plainFormOf(word.toLowerCase().replace(/['’]s$/, ""));
}

function isNameOrNumber(word: string): boolean {
  return /^(?!User(?:['’]s)?$)[\p{Lu}\p{N}]/u.test(word);
}
