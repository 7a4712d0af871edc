import { estimateTokens } from "./estimate-tokens.ts";

/** For the names of the fields, the braces, and what the protocol adds to an answer. */
const frameTokens = 160;

/** The longest text of one memory in an answer, in tokens. */
const memoryTokens = 300;

/** One entry of an answer: its line of text, and its fields for a program. */
export interface Entry<Fields> {
  readonly line: string;
  readonly fields: Fields;
}

/** The entries that fit into an answer. */
export interface FittedAnswer<Fields> {
  readonly lines: readonly string[];
  readonly fields: readonly Fields[];
  /** How many entries did not fit. */
  readonly leftOut: number;
}

/** Takes entries from the start until the answer, with lines and fields, would exceed its tokens. */
export function fitAnswer<Fields>(
  entries: readonly Entry<Fields>[],
  answerTokens: number,
): FittedAnswer<Fields> {
  let leftTokens = answerTokens - frameTokens;
  let count = 0;
  for (const { line, fields } of entries) {
    leftTokens -= estimateTokens(JSON.stringify(line)) + estimateTokens(JSON.stringify(fields));
    if (leftTokens < 0) break;
    count++;
  }
  const fitting = entries.slice(0, count);
  return {
    lines: fitting.map(({ line }) => line),
    fields: fitting.map(({ fields }) => fields),
    leftOut: entries.length - count,
  };
}

/** A text on one line, cut after some tokens. */
export function clip(text: string, mostTokens = memoryTokens): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  if (estimateTokens(line) <= mostTokens) return line;
  let end = 0;
  let tokens = 0;
  for (const [piece] of line.matchAll(/\S{1,8}|\s/gu)) {
    tokens += estimateTokens(piece);
    if (tokens > mostTokens) break;
    end += piece.length;
  }
  return `${line.slice(0, end).trimEnd()}…`;
}
