import { MemlaneError, type JobListQuery } from "@memlane/core";
import { clientDialects, jobStatusWords, viewJob } from "@memlane/core/internal";
import { Option, type Command } from "commander";
import { MemoryClient } from "../memory-client.ts";
import { withConnectionFlags, type ConnectionFlags } from "./connection.ts";
import { addDefaultCommand } from "./default-command.ts";
import { exitCodes, type ExitCode } from "./exit-code.ts";
import { describeError } from "./hint.ts";
import { describeJob, describeJobDetails, describeListedJob } from "./job-report.ts";
import { isNoSuchJob } from "./no-such-job.ts";
import { print, printToStderr } from "./output.ts";
import { printList } from "./print-list.ts";
import { wholeNumber } from "./whole-number.ts";

interface JobFlags extends ConnectionFlags {
  readonly json?: true;
}

interface ListFlags extends JobFlags, Pick<JobListQuery, "kind" | "status"> {
  readonly limit: number;
}

const statusWords = clientDialects
  .map(({ name, statuses }) => `  ${name.padEnd(7)}  ${Object.values(statuses.words).join(", ")}`)
  .join("\n");

const help = `
The server keeps a job for 24 hours after its end, if its settings say nothing else. The words of its status
depend on its dialect:
${statusWords}
--status accepts any of these words and lists the jobs of all dialects.

Exit status: 0 done, 1 a job could not be cancelled or retried, 2 the command failed.

Examples:
  $ memlane jobs                                   the latest 20
  $ memlane jobs list --status failed --limit 100
  $ memlane jobs show job_019a2f3c4d5e7f60a1b2c3d4e5f60718
  $ memlane jobs list --status failed --json | jq -r .id | xargs memlane jobs retry`;

/** Adds `memlane jobs` to the program. */
export function addJobsCommand(program: Command, finish: (code: ExitCode) => void): void {
  const jobs = program
    .command("jobs")
    .description("list, show, cancel and retry jobs")
    .addHelpText("after", help);
  withConnectionFlags(addDefaultCommand(jobs, "list").description("list the newest jobs, newest first"))
    .addOption(new Option("--status <status>", "only jobs with this status").choices(jobStatusWords))
    .addOption(new Option("--kind <kind>", "only jobs of this kind").choices(["ingest", "batch"]))
    .option("--limit <jobs>", "largest number of jobs", wholeNumber, 20)
    .option("--json", "print each job as JSON, one a line")
    .action(async (flags: ListFlags) => finish(await runList(flags)));
  withConnectionFlags(
    jobs
      .command("show")
      .description("show the state or the result of a job")
      .argument("<job>", "id of an ingest job or of a batch"),
  )
    .option("--json", "print the job as JSON")
    .action(async (id: string, flags: JobFlags) => finish(await runShow(id, flags)));
  withConnectionFlags(
    jobs
      .command("cancel")
      .description("cancel jobs that have not ended; what they have stored stays")
      .argument("<job...>", "ids of the jobs"),
  )
    .option("--json", "print each job as JSON, one a line")
    .action(async (ids: string[], flags: JobFlags) => finish(await runAction("cancel", ids, flags)));
  withConnectionFlags(
    jobs
      .command("retry")
      .description("run what failed in ended jobs again, each as a new job")
      .argument("<job...>", "ids of the jobs"),
  )
    .option("--json", "print each new job as JSON, one a line")
    .action(async (ids: string[], flags: JobFlags) => finish(await runAction("retry", ids, flags)));
}

async function runList({ kind, status, limit, json, ...connection }: ListFlags): Promise<ExitCode> {
  const jobs = new MemoryClient(connection).jobs.list({
    ...(kind && { kind }),
    ...(status && { status }),
    limit: Math.min(limit, 500),
  });
  await printList(jobs, {
    limit,
    json,
    describe: (job) => describeListedJob(viewJob(job)),
    textIfNone: "There are no such jobs.",
  });
  return exitCodes.done;
}

async function runShow(id: string, { json, ...connection }: JobFlags): Promise<ExitCode> {
  const job = await new MemoryClient(connection).jobs.get(id).catch((error: unknown) => {
    throw isNoSuchJob(error) ? new Error(`there is no job ${id}`, { cause: error }) : error;
  });
  const view = viewJob(job);
  print(json ? JSON.stringify(job) : describeJob(view));
  if (!json) describeJobDetails(view).forEach(print);
  return exitCodes.done;
}

/** Handles one job after the other. An error of one job does not prevent the next. */
async function runAction(
  action: "cancel" | "retry",
  ids: readonly string[],
  { json, ...connection }: JobFlags,
): Promise<ExitCode> {
  const { jobs } = new MemoryClient(connection);
  let code: ExitCode = exitCodes.done;
  for (const id of ids) {
    try {
      const job = await jobs[action](id);
      if (json) print(JSON.stringify(job));
      else print(action === "cancel" ? `${id} is cancelled` : `${id} is retried as ${job.id}`);
    } catch (error) {
      if (!MemlaneError.is(error) || !(isNoSuchJob(error) || error.code === "conflict")) throw error;
      printToStderr(`memlane: ${id}: ${describeError(error)}`);
      code = exitCodes.failed;
    }
  }
  return code;
}
