// Measures how much of the information for an answer the results contain.
import { tokensOf } from "../tokens.ts";
import type { Question } from "./conversation.ts";
import type { Ask, Result } from "./result.ts";

/** Where the list of results is cut before it is measured. */
export const reaches = [
  "5 results",
  "10 results",
  "20 results",
  "1,000 characters",
  "2,000 characters",
] as const;
type Reach = (typeof reaches)[number];

/** Shares between 0 and 1, each the mean over the questions. */
export interface Shares {
  /** Of the messages that contain an answer, the share from which results come. Questions that name no message do not count. */
  readonly evidence: number;
  /** Of the meaningful words of an answer, the share in the texts of the results. */
  readonly answerWords: number;
}

/** The shares at each reach, by category; `all` is every question. */
export type Measures = ReadonlyMap<string, Readonly<Record<Reach, Shares>>>;

/** A question about one conversation, and the function that answers it. */
export interface Asked {
  readonly question: Question;
  readonly ask: Ask;
}

/** The shares of the results to all these questions. */
export async function measure(asked: readonly Asked[]): Promise<Measures> {
  const scores = new Map<
    string,
    { readonly reach: Reach; readonly evidence: number | undefined; readonly answerWords: number }[]
  >();
  for (const { question, ask } of asked) {
    const results = await ask(question.question);
    for (const reach of reaches) {
      const score = { reach, ...scoreOf(question, within(reach, results)) };
      for (const category of ["all", question.category])
        scores.set(category, [...(scores.get(category) ?? []), score]);
    }
  }
  return new Map(
    [...scores].map(([category, all]) => {
      const shares = (reach: Reach) => {
        const here = all.filter((score) => score.reach === reach);
        return {
          evidence: mean(here.flatMap(({ evidence }) => evidence ?? [])),
          answerWords: mean(here.map(({ answerWords }) => answerWords)),
        };
      };
      return [
        category,
        Object.fromEntries(reaches.map((reach) => [reach, shares(reach)])) as Record<Reach, Shares>,
      ];
    }),
  );
}

/** The first results, up to this number of results or of characters. */
function within(reach: Reach, results: readonly Result[]): readonly Result[] {
  const [amount = "", unit] = reach.split(" ");
  const most = Number(amount.replace(",", ""));
  if (unit === "results") return results.slice(0, most);
  let left = most;
  const end = results.findIndex(({ text }) => (left -= text.length) < 0);
  return end === -1 ? results : results.slice(0, end);
}

function scoreOf({ answer, evidence }: Question, results: readonly Result[]) {
  const found = new Set(results.flatMap(({ diaIds }) => diaIds));
  const words = new Set(results.flatMap(({ text }) => tokensOf(text)));
  const wanted = [...new Set(tokensOf(answer))];
  return {
    evidence: evidence.length === 0 ? undefined : shareOf(evidence, (id) => found.has(id)),
    answerWords: wanted.length === 0 ? 1 : shareOf(wanted, (word) => words.has(word)),
  };
}

const shareOf = <Item>(items: readonly Item[], isFound: (item: Item) => boolean) =>
  items.filter(isFound).length / items.length;
const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
