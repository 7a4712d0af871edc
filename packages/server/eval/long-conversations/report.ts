// The figures as tables for people.
import type { Losses } from "./losses.ts";
import { tableOf } from "../table.ts";
import { reaches, type Measures, type Shares } from "./measure.ts";

/** Everything that was measured. */
interface Recalled {
  /** By the name of what was asked. */
  readonly measures: ReadonlyMap<string, Measures>;
  readonly losses: Losses;
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/** Tables of Markdown: evidence, answer words, and where evidence is lost. */
export function printReport({ measures, losses }: Recalled): string {
  return [
    "Evidence: of the messages that hold an answer, those that the results come from.",
    tableOfShares(measures, ({ evidence }) => evidence),
    "Answer words: of the words of the answer, those in the results.",
    tableOfShares(measures, ({ answerWords }) => answerWords),
    "Where Memlane has the messages that hold an answer:",
    tableOf(
      ["place", "share"],
      [
        ["among the first 10 results", percent(losses.found)],
        ["among the first 100", percent(losses.rankedTooLow)],
        ["stored, and not among the first 100", percent(losses.notFound)],
        ["never stored", percent(losses.neverStored)],
      ],
    ),
  ].join("\n\n");
}

function tableOfShares(measures: ReadonlyMap<string, Measures>, shareOf: (shares: Shares) => number): string {
  const rows = [...measures].flatMap(([name, byCategory]) =>
    [...byCategory].map(([category, shares]) => [
      name,
      category,
      ...reaches.map((reach) => percent(shareOf(shares[reach]))),
    ]),
  );
  return tableOf(["", "questions", ...reaches], rows);
}
