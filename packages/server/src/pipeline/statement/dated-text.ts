import type { ResolvedTime } from "./resolve-times.ts";

/** Adds its meaning after each relative time: "yesterday (2 May 2024)". The words themselves stay. */
export function showTimes(text: string, times: readonly ResolvedTime[]): string {
  return times
    .filter(({ text: words, shown }) => !words.endsWith(shown))
    .toReversed()
    .reduce((shown, time) => {
      const end = time.index + time.text.length;
      return `${shown.slice(0, end)} (${time.shown})${shown.slice(end)}`;
    }, text);
}

const shownTime = / \((?:(?:week|weekend) of )?(?:\d{1,2} )?(?:[A-Z][a-z]{2,8} )?\d{4}\)/g;

/** The text without what `showTimes` added. */
export function withoutShownTimes(text: string): string {
  return text.replaceAll(shownTime, "");
}
