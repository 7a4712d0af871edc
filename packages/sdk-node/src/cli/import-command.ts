import type { MemlaneError } from "@memlane/core";
import type { Command } from "commander";
import type { ImportReport } from "../import/import-lines.ts";
import type { ImportProgress } from "../import/tally.ts";
import { connect, withConnectionFlags, type ConnectionFlags } from "./connection.ts";
import { describeCounts } from "./counts.ts";
import { exitCodes, type ExitCode } from "./exit-code.ts";
import { describeError } from "./hint.ts";
import {
  describeImport,
  describeLineErrors,
  describeRemains,
  importReportJson,
  type ImportEnding,
} from "./import-report.ts";
import { listenForInterruption } from "./interruption.ts";
import { createProgressBar } from "./progress-bar.ts";
import { createProgressLines } from "./progress-lines.ts";
import { createQuietProgress, type ProgressView } from "./progress-view.ts";
import { print, tell } from "./output.ts";
import { printable } from "./printable.ts";
import { wholeNumber } from "./whole-number.ts";

interface ImportFlags extends ConnectionFlags {
  readonly userId?: string;
  readonly limit?: number;
  readonly concurrency: number;
  /** A path, or false for none; undefined for the one beside the file. */
  readonly checkpoint?: string | false;
  /** False for a server that does not know them. */
  readonly idempotency: boolean;
  readonly json?: true;
}

const help = `
Every line of the file is one JSON object:

  {"content": "Likes tea.", "user_id": "ann"}
      A memory, stored as it is. It may have agent_id, run_id, metadata and
      timestamp too. Sent in batches of up to 500, 3 of them unfinished at a time.

  {"messages": [{"role": "user", "content": "Hi!"}], "user_id": "ann"}
      A conversation, made into memories by one ingest job. Its conv_id is the
      line's conv_id, else its id; its user_id the line's, else --user-id.

  {"id": "c1", "turns": [{"speaker": "ann", "text": "Hi!"}, …]}
      A conversation between equals: one ingest job for each speaker. In the job
      of ann, who is the user c1:ann, the turns of ann have the role user and
      all others the role assistant.

A line that cannot be read and a memory that is refused stop nothing: they are
listed at the end.

Interrupted, by Ctrl-C, a crash or a server that went away, the same command takes
the import up where it was, and each line lands once: how far it has come is noted
beside the file, in <file>.memlane-import, which is deleted when all is done.

Exit status: 0 all landed, 1 something did not, 2 nothing could be done,
130 Ctrl-C (what is still running on the server is listed).

Examples:
  $ memlane import conversations.jsonl
  $ memlane import notes.jsonl --user-id ann --json > report.json
  $ zcat dump.jsonl.gz | memlane import - --limit 1000`;

/** Adds `memlane import` to the program. */
export function addImportCommand(program: Command, finish: (code: ExitCode) => void): void {
  withConnectionFlags(
    program
      .command("import")
      .description("hand over a file of conversations and memories, and wait until they are stored")
      .argument("<file>", "a JSONL file, or - for the standard input"),
  )
    .option("--user-id <user>", "the user of every line that names none")
    .option("--limit <lines>", "stop after so many lines", wholeNumber)
    .option("--concurrency <jobs>", "ingest jobs that may be unfinished at a time", wholeNumber, 8)
    .option("--checkpoint <path>", "note there how far the import has come (default: <file>.memlane-import)")
    .option("--no-checkpoint", "note nothing: an import that is interrupted cannot be taken up")
    .option(
      "--no-idempotency",
      "the server does not know Idempotency-Key: send nothing twice (no checkpoint)",
    )
    .option("--json", "print the report as one JSON object")
    .addHelpText("after", help)
    .action(async (file: string, flags: ImportFlags) => finish(await runImport(file, flags)));
}

async function runImport(file: string, flags: ImportFlags): Promise<ExitCode> {
  const startMs = performance.now();
  const view = createView(flags.json === true);
  const notice = (message: string) => view.notice(printable(message));
  const interruption = listenForInterruption(() => notice("Stopping. Once more stops at once."));
  // A request that has to wait is waited for here, where Ctrl-C can end it.
  const { client, signal, lostBecause } = connect({ ...flags, maximumRetries: 0 }, interruption, notice);
  if (file === "-" && process.stdin.isTTY) notice("Reading what is typed here; Ctrl-D ends it.");
  const checkpoint = checkpointOf(file, flags);
  let byteLength: number | undefined;
  const report = await client.batch
    .importFile(file === "-" ? process.stdin : file, {
      userId: flags.userId,
      limit: flags.limit,
      concurrency: flags.concurrency,
      checkpoint,
      knowsKeys: flags.idempotency,
      signal,
      onOpen: (length) => {
        byteLength = length;
      },
      onProgress: (progress) => {
        const fraction = fractionOf(progress, byteLength, flags.limit);
        view.update(fraction, describeCounts(progress).join(" · "));
      },
      onWait: onceEach(({ message }) => notice(`Waiting: ${message}`)),
    })
    .finally(view.end);

  const ending = endingOf(report, lostBecause(), interruption.aborted);
  if (flags.json) print(importReportJson(report, ending));
  else tellReport(report, ending, performance.now() - startMs);
  if (!report.isComplete && checkpoint !== undefined && !cameToNothing(report, ending)) {
    const { settledThrough } = report;
    const place = settledThrough === 0 ? "from the first line" : `behind line ${settledThrough}`;
    tell(`The same command takes it up ${place}.`);
  }
  if (ending.type === "halted") tell(`memlane: ${ending.reason}`);
  return exitCodeOf(report, ending);
}

/** Beside a file, unless told otherwise; what is piped in cannot be read again. */
function checkpointOf(file: string, { checkpoint, idempotency }: ImportFlags): string | undefined {
  if (checkpoint === false || !idempotency) return undefined;
  return checkpoint ?? (file === "-" ? undefined : `${file}.memlane-import`);
}

function createView(isJson: boolean): ProgressView {
  const { stderr } = process;
  if (stderr.isTTY) return createProgressBar(stderr);
  return isJson ? createQuietProgress(stderr) : createProgressLines(stderr, () => performance.now());
}

/** How much is done; undefined when nobody knows how much there is. */
function fractionOf(
  { settledLines, settledBytes }: ImportProgress,
  byteLength: number | undefined,
  limit: number | undefined,
): number | undefined {
  if (!byteLength && limit === undefined) return undefined;
  // Whichever ends first.
  return Math.max(byteLength ? settledBytes / byteLength : 0, limit ? settledLines / limit : 0);
}

function endingOf(
  report: ImportReport,
  lostBecause: string | undefined,
  isInterrupted: boolean,
): ImportEnding {
  const reason = lostBecause ?? (report.halted && describeError(report.halted));
  if (reason !== undefined) return { type: "halted", reason };
  return { type: isInterrupted ? "interrupted" : "done" };
}

function tellReport(report: ImportReport, ending: ImportEnding, elapsedMs: number): void {
  describeLineErrors(report).forEach(tell);
  describeRemains(report).forEach(tell);
  if (!cameToNothing(report, ending)) print(describeImport(report, ending, elapsedMs));
}

/** Whether the server took nothing: all there is to tell is why. */
function cameToNothing(report: ImportReport, ending: ImportEnding): boolean {
  return ending.type === "halted" && report.counts.jobs === 0;
}

function exitCodeOf(report: ImportReport, ending: ImportEnding): ExitCode {
  if (ending.type === "halted") return exitCodes.unusable;
  if (ending.type === "interrupted") return exitCodes.interrupted;
  return report.counts.failed > 0 ? exitCodes.failed : exitCodes.done;
}

/** Passes on an error whose message differs from the last one, so that a long wait is told once. */
function onceEach(tellError: (error: MemlaneError) => void): (error: MemlaneError) => void {
  let told: string | undefined;
  return (error) => {
    if (error.message !== told) tellError(error);
    told = error.message;
  };
}
