import type { ImportCounts } from "../import/tally.ts";

const wholeNumber = new Intl.NumberFormat("en");

/** Describes the counts of an import. Omits counts of 0, except lines and jobs. */
export function describeCounts(counts: ImportCounts): string[] {
  const { lines, jobs, created, updated, imported, failed } = counts;
  return [
    count(lines, "line"),
    count(jobs, "job"),
    ...(created > 0 ? [`${count(created, "memory")} created`] : []),
    ...(updated > 0 ? [`${count(updated, "memory")} updated`] : []),
    ...(imported > 0 ? [`${count(imported, "memory")} imported`] : []),
    ...(failed > 0 ? [`${wholeNumber.format(failed)} failed`] : []),
  ];
}

/** A number and its noun, such as `1,204 memories`. */
export function count(number: number, noun: "line" | "job" | "memory"): string {
  const plural = noun === "memory" ? "memories" : `${noun}s`;
  return `${wholeNumber.format(number)} ${number === 1 ? noun : plural}`;
}
