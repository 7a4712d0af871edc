import type { OnCopyProgress } from "../transfer/export-format.ts";
import { printToStderr } from "./output.ts";

const everyMs = 1000;

/** Prints how far a copy is, at most once a second. */
export function printCopyProgress(): OnCopyProgress {
  let printedMs = Date.now();
  return ({ table, rows, estimatedRows }) => {
    if (rows % 100 !== 0 || Date.now() < printedMs + everyMs) return;
    printedMs = Date.now();
    const total = estimatedRows === undefined ? "" : ` of about ${format(Math.max(estimatedRows, rows))}`;
    printToStderr(`${table}: ${format(rows)}${total} rows`);
  };
}

const format = (rows: number) => Math.round(rows).toLocaleString("en-GB");
