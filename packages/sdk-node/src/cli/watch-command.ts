import { MemlaneError, type AnyJobWire } from "@memlane/core";
import { viewJob } from "@memlane/core/internal";
import type { Command } from "commander";
import { connect, withConnectionFlags, type ConnectionFlags } from "./connection.ts";
import { exitCodes, type ExitCode } from "./exit-code.ts";
import { describeError } from "./hint.ts";
import { listenForInterruption } from "./interruption.ts";
import { describeJob, describeJobDetails } from "./job-report.ts";
import { isNoSuchJob } from "./no-such-job.ts";
import { print, printToStderr } from "./output.ts";

interface WatchFlags extends ConnectionFlags {
  readonly batch?: true;
  readonly json?: true;
}

const help = `
Prints a line each time the job changes, and its result when it has ended. With --json, each line is the
job as the server sent it. The last line is the ended job.

Exit status: 0 the job succeeded, 1 it failed, 2 it could not be watched, 130 Ctrl-C (the job continues).

Examples:
  $ memlane watch job_019a2f3c4d5e7f60a1b2c3d4e5f60718
  $ memlane watch job_019a2f3c4d5e7f60a1b2c3d4e5f60718 --batch --json | tail -1 | jq .errors`;

/** Adds `memlane watch` to the program. */
export function addWatchCommand(program: Command, finish: (code: ExitCode) => void): void {
  withConnectionFlags(
    program
      .command("watch")
      .description("show a job until it ends")
      .argument("<job>", "id of an ingest job or of a batch"),
  )
    .option("--batch", "the job is a batch; without this, the server is asked")
    .option("--json", "print the job as JSON each time it changes")
    .addHelpText("after", help)
    .action(async (id: string, flags: WatchFlags) => finish(await runWatch(id, flags)));
}

async function runWatch(id: string, flags: WatchFlags): Promise<ExitCode> {
  const interruption = listenForInterruption();
  const { client, signal, lostBecause } = connect(flags, interruption, printToStderr);
  let shown: string | undefined;
  const onProgress = (job: AnyJobWire) => {
    const line = flags.json ? JSON.stringify(job) : describeJob(viewJob(job));
    if (line !== shown) print(line);
    shown = line;
  };
  try {
    const jobs = flags.batch ? client.batch : client.jobs;
    const job = viewJob(await jobs.pollUntilDone(id, { timeoutMs: Infinity, signal, onProgress }));
    if (!flags.json) describeJobDetails(job).forEach(print);
    return job.state === "failed" ? exitCodes.failed : exitCodes.done;
  } catch (error) {
    if (!MemlaneError.is(error)) throw error;
    if (interruption.aborted) {
      printToStderr(`${id} continues on the server.`);
      return exitCodes.interrupted;
    }
    printToStderr(
      `memlane: ${isNoSuchJob(error) ? `there is no job ${id}` : (lostBecause() ?? describeError(error))}`,
    );
    return exitCodes.unusable;
  }
}
