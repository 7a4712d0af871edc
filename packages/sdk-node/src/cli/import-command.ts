import type { MemlaneError } from "@memlane/core";
import type { Command } from "commander";
import type { ImportReport } from "../import/import-lines.ts";
import type { ImportProgress } from "../import/tally.ts";
import { connect, withConnectionFlags, type ConnectionFlags } from "./connection.ts";
import { describeCounts } from "./counts.ts";
import { createProgress } from "./create-progress.ts";
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
import { print, printToStderr } from "./output.ts";
import { printable } from "./printable.ts";
import { wholeNumber } from "./whole-number.ts";

interface ImportFlags extends ConnectionFlags {
  readonly userId?: string;
  readonly limit?: number;
  readonly concurrency: number;
  /** A path, false for none, or undefined for the default path. */
  readonly checkpoint?: string | false;
  /** False for a server that does not support idempotency keys. */
  readonly idempotency: boolean;
  readonly json?: true;
}

const help = `
Every line of the file is one JSON object:

  {"content": "Likes tea.", "user_id": "ann"}
      A memory, stored unchanged. It may also have agent_id, run_id, metadata and
      timestamp. Sent in batches of up to 500; at most 3 batches run at a time.

  {"messages": [{"role": "user", "content": "Hi!"}], "user_id": "ann"}
      A conversation. One ingest job extracts its memories. Its conv_id is the line's
      conv_id or id, and its user_id the line's user_id or --user-id.

  {"id": "c1", "turns": [{"speaker": "ann", "text": "Hi!"}, …]}
      A conversation between people: one ingest job for each speaker. In the job of
      ann, the user is c1:ann. Her turns have the role user, all others the role
      assistant.

A line that cannot be read or is refused does not stop the import. The report at
the end lists these lines.

If the import is interrupted (Ctrl-C, a crash, a lost server), run the same command
again: it continues where it stopped, and each line is stored once. The progress is
in <file>.memlane-import, which is deleted when the import is complete.

Exit status: 0 every line was stored, 1 some lines were not, 2 the import failed,
130 Ctrl-C (lists the jobs that still run on the server).

Examples:
  $ memlane import conversations.jsonl
  $ memlane import notes.jsonl --user-id ann --json > report.json
  $ zcat dump.jsonl.gz | memlane import - --limit 1000`;

/** Adds `memlane import` to the program. */
export function addImportCommand(program: Command, finish: (code: ExitCode) => void): void {
  withConnectionFlags(
    program
      .command("import")
      .description("send a file of conversations and memories, and wait until they are stored")
      .argument("<file>", "a JSONL file, or - for standard input"),
  )
    .option("--user-id <user>", "user of the lines that name none")
    .option("--limit <lines>", "stop after this number of lines", wholeNumber)
    .option("--concurrency <jobs>", "largest number of unfinished ingest jobs", wholeNumber, 8)
    .option("--checkpoint <path>", "file that keeps the progress (default: <file>.memlane-import)")
    .option("--no-checkpoint", "keep no progress; an interrupted import cannot continue")
    .option(
      "--no-idempotency",
      "for servers without Idempotency-Key: never send a line again (no checkpoint)",
    )
    .option("--json", "print the report as one JSON object")
    .addHelpText("after", help)
    .action(async (file: string, flags: ImportFlags) => finish(await runImport(file, flags)));
}

async function runImport(file: string, flags: ImportFlags): Promise<ExitCode> {
  const startMs = performance.now();
  const view = createProgress(flags.json === true);
  const notice = (message: string) => view.notice(printable(message));
  const interruption = listenForInterruption(() => notice("Stopping. Press Ctrl-C again to stop at once."));
  // The client must not retry: waiting happens here, so that Ctrl-C can end it.
  const { client, signal, lostBecause } = connect({ ...flags, maximumRetries: 0 }, interruption, notice);
  if (file === "-" && process.stdin.isTTY) notice("Reading standard input. Ctrl-D ends it.");
  const checkpoint = checkpointOf(file, flags);
  let byteLength: number | undefined;
  const report = await client.batch
    .importFile(file === "-" ? process.stdin : file, {
      userId: flags.userId,
      limit: flags.limit,
      concurrency: flags.concurrency,
      checkpoint,
      supportsIdempotency: flags.idempotency,
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
    const place = settledThrough === 0 ? "from the first line" : `after line ${settledThrough}`;
    printToStderr(`Run the same command again to continue ${place}.`);
  }
  if (ending.type === "halted") printToStderr(`memlane: ${ending.reason}`);
  return exitCodeOf(report, ending);
}

/** By default in the folder of the file. Piped input has none, because it cannot be read again. */
function checkpointOf(file: string, { checkpoint, idempotency }: ImportFlags): string | undefined {
  if (checkpoint === false || !idempotency) return undefined;
  return checkpoint ?? (file === "-" ? undefined : `${file}.memlane-import`);
}

/** The completed share; undefined if the total is unknown. */
function fractionOf(
  { settledLines, settledBytes }: ImportProgress,
  byteLength: number | undefined,
  limit: number | undefined,
): number | undefined {
  if (!byteLength && limit === undefined) return undefined;
  // The limit or the end of the file, whichever comes first.
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
  describeLineErrors(report).forEach(printToStderr);
  describeRemains(report).forEach(printToStderr);
  if (!cameToNothing(report, ending)) print(describeImport(report, ending, elapsedMs));
}

/** Whether the server accepted nothing. Then only the reason is printed. */
function cameToNothing(report: ImportReport, ending: ImportEnding): boolean {
  return ending.type === "halted" && report.counts.jobs === 0;
}

function exitCodeOf(report: ImportReport, ending: ImportEnding): ExitCode {
  if (ending.type === "halted") return exitCodes.unusable;
  if (ending.type === "interrupted") return exitCodes.interrupted;
  return report.counts.failed > 0 ? exitCodes.failed : exitCodes.done;
}

/** Passes an error on only if its message differs from the last one, so that a long wait is reported once. */
function onceEach(report: (error: MemlaneError) => void): (error: MemlaneError) => void {
  let lastMessage: string | undefined;
  return (error) => {
    if (error.message !== lastMessage) report(error);
    lastMessage = error.message;
  };
}
