import { memoise } from "../../../base/memoise.ts";
import type { Message } from "../../normalise/normalise-messages.ts";
import { datesOf, withoutDates, type PartialDate } from "./computed-dates.ts";
import { clausesOf, contradictsUser } from "./polarity.ts";
import { foldedOf, foldedWordsIn, isEmptyWord, wordsOf } from "./words.ts";

/** Whether the cited messages support a statement. */
export type IsSupported = (statement: string, cited: readonly Message[]) => boolean;

/**
 * Makes a check that reads each message only once. The cited messages must share at least one meaningful word with a statement,
 * contain all of its names and numbers, and not say the opposite. A model may reword and compute a date, but must add nothing.
 */
export function createEvidence(): IsSupported {
  const wordsIn = memoise(foldedWordsIn);
  const clausesIn = memoise(clausesOf);
  const dates = new Map<Message, readonly PartialDate[]>();
  const readDates = (message: Message) => {
    const known = dates.get(message) ?? datesOf(message);
    dates.set(message, known);
    return known;
  };

  return (statement, cited) => {
    const heard = cited.map(({ content }) => wordsIn(content));
    const isHeard = (word: string) => heard.some((each) => each.has(foldedOf(word)));
    // The first word is "User".
    const areHeard = (text: string) =>
      wordsOf(text)
        .slice(1)
        .every((word) => !isNameOrNumber(word) || isHeard(word));
    return (
      wordsOf(statement).some((word) => !isEmptyWord(foldedOf(word)) && isHeard(word)) &&
      (areHeard(statement) || areHeard(withoutDates(statement, cited.flatMap(readDates)))) &&
      !contradictsUser(statement, cited, clausesIn)
    );
  };
}

function isNameOrNumber(word: string): boolean {
  return /^(?!User(?:['’]s)?$)[\p{Lu}\p{N}]/u.test(word);
}
