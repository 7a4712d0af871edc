// The figures of one extractor, as a Markdown table.
import type { Recall } from "./recall.ts";
import type { Recovery } from "./recovery.ts";
import { tableOf } from "./table.ts";

/** All measurements of one extractor. Shares are between 0 and 1. */
export interface Figures {
  readonly extractor: string;
  readonly conversations: number;
  readonly statements: number;
  readonly recovery: Recovery;
  readonly recall: Recall;
  readonly mindChanges: readonly OutcomeFigures[];
  /** The same for pairs whose author had not seen the rules, by the name of their file. */
  readonly blindMindChanges: readonly {
    readonly name: string;
    readonly outcomes: readonly OutcomeFigures[];
  }[];
  readonly messagesPerSecond: number;
}

/** The pairs with one expected outcome: how many were right, and how many lost a fact. */
export interface OutcomeFigures {
  readonly outcome: "supersede" | "keep" | "duplicate";
  readonly pairs: number;
  readonly right: number;
  readonly wrongMerges: number;
}

/** One line of the table. */
export interface Line {
  readonly what: string;
  readonly measured: string;
  readonly against: string;
}

const share = (value: number) => value.toFixed(3);
const outcomeNames = {
  supersede: "changes of mind that take effect",
  keep: "things that do not exclude each other",
  duplicate: "repetitions not stored twice",
};

/** What the figures say, line by line. */
export function linesOf({
  recovery,
  recall,
  mindChanges,
  blindMindChanges,
  messagesPerSecond,
}: Figures): readonly Line[] {
  const wrong = wrongMergesIn(mindChanges);
  return [
    {
      what: "recovered",
      measured: share(recovery.recovered),
      against: `${(recovery.recovered / recovery.ceiling).toFixed(2)} × the ceiling, ${share(recovery.ceiling)}`,
    },
    { what: "economy", measured: share(recovery.economy), against: "" },
    {
      what: "recall@5",
      measured: share(recall.memories),
      against: `BM25 over the raw turns: ${share(recall.bm25)}`,
    },
    ...mindChanges.map(({ outcome, pairs, right }) => ({
      what: outcomeNames[outcome],
      measured: `${right} of ${pairs}`,
      against: `${((100 * right) / pairs).toFixed(0)} %`,
    })),
    { what: "wrong merges", measured: String(wrong), against: "" },
    ...blindMindChanges.flatMap(({ name, outcomes }) => [
      ...outcomes.map(({ outcome, pairs, right }) => ({
        what: `${outcomeNames[outcome]}, ${name}`,
        measured: `${right} of ${pairs}`,
        against: `${((100 * right) / pairs).toFixed(0)} %`,
      })),
      { what: `wrong merges, ${name}`, measured: String(wrongMergesIn(outcomes)), against: "" },
    ]),
    {
      what: "speed",
      measured: `${Math.round(messagesPerSecond).toLocaleString("en")} messages/s`,
      against: "one core",
    },
  ];
}

function wrongMergesIn(outcomes: readonly OutcomeFigures[]): number {
  return outcomes.reduce((sum, { wrongMerges }) => sum + wrongMerges, 0);
}

/** The lines as a table of Markdown. */
export const tableOfLines = (lines: readonly Line[]): string =>
  tableOf(
    ["what", "measured", "against"],
    lines.map(({ what, measured, against }) => [what, measured, against]),
  );
