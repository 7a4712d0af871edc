import type { ImportReport } from "../import/import-lines.ts";
import { maximumErrors } from "../import/tally.ts";
import { count, describeCounts } from "./counts.ts";
import { printable } from "./printable.ts";

/** How an import ended. */
export type ImportEnding =
  | { readonly type: "done" }
  | { readonly type: "interrupted" }
  /** The server ended it. */
  | { readonly type: "halted"; readonly reason: string };

/** More errors are too many to read. */
const shownErrors = 50;

/** The first errors, one per line. */
export function describeLineErrors({ counts, errors }: ImportReport): string[] {
  const listed = errors.slice(0, shownErrors);
  const lines = listed.map(
    ({ line, error, job }) => `  line ${line}: ${printable(error)}${job === null ? "" : ` (${job})`}`,
  );
  const unlisted = counts.failed - listed.length;
  if (unlisted <= 0) return lines;
  const [more, most] = [unlisted, maximumErrors].map((number) => number.toLocaleString("en"));
  return [...lines, `  … and ${more} more; --json lists the first ${most}`];
}

/** The unfinished jobs and lines of an import that ended early. */
export function describeRemains({ counts, left }: ImportReport): string[] {
  const jobs = left.map(({ id, kind, firstLine, lastLine }) => {
    const lines = firstLine === lastLine ? `line ${firstLine}` : `lines ${firstLine} to ${lastLine}`;
    return `  ${lines}: memlane watch ${id}${kind === "batch" ? " --batch" : ""}`;
  });
  return [
    ...(jobs.length > 0
      ? [`${count(jobs.length, "job")} still running on the server; to watch:`, ...jobs]
      : []),
    ...(counts.unsent > 0 ? [`${count(counts.unsent, "line")} read but not sent.`] : []),
  ];
}

/** The summary in one line. */
export function describeImport({ counts }: ImportReport, ending: ImportEnding, elapsedMs: number): string {
  const doneVerb = counts.failed === 0 ? "Imported" : "Read";
  const verb = ending.type === "done" ? doneVerb : "Stopped after";
  return `${verb} ${describeCounts(counts).join(", ")} in ${(elapsedMs / 1000).toFixed(1)} s`;
}

/** The report as JSON, with names in snake case like those of the API. */
export function importReportJson(report: ImportReport, ending: ImportEnding): string {
  const { lines, jobs, created, updated, imported, failed, unsent } = report.counts;
  return JSON.stringify({
    ending: ending.type,
    reason: ending.type === "halted" ? ending.reason : null,
    lines,
    jobs,
    memories_created: created,
    memories_updated: updated,
    imported,
    failed,
    unsent,
    errors: report.errors,
    running: report.left.map(({ id, kind, firstLine, lastLine }) => ({
      id,
      kind,
      first_line: firstLine,
      last_line: lastLine,
    })),
  });
}
