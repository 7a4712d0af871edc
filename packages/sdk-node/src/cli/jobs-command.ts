import { MemlaneError, type JobListQuery } from "@memlane/core";
import { jobStatusWords } from "@memlane/core/internal";
import { Option, type Command } from "commander";
import { MemoryClient } from "../memory-client.ts";
import { withConnectionFlags, type ConnectionFlags } from "./connection.ts";
import { addDefaultCommand } from "./default-command.ts";
import { exitCodes, type ExitCode } from "./exit-code.ts";
import { describeError } from "./hint.ts";
import { describeJob, describeJobDetails, describeListedJob } from "./job-report.ts";
import { isNoSuchJob } from "./no-such-job.ts";
import { print, tell } from "./output.ts";
import { wholeNumber } from "./whole-number.ts";

interface JobFlags extends ConnectionFlags {
  readonly json?: true;
}

interface ListFlags extends JobFlags, Pick<JobListQuery, "kind" | "status"> {
  readonly limit: number;
}

const help = `
A job is kept for 24 hours behind its end. Its status is a word of its own kind:
  ingest   pending, running, succeeded, failed
  batch    pending, processing, completed, failed
--status takes any of them, and means the jobs of both kinds.

Exit status: 0 done, 1 one of the jobs could not be cancelled or done again, 2 nothing could be done.

Examples:
  $ memlane jobs                                   the latest 20
  $ memlane jobs list --status failed --limit 100
  $ memlane jobs show job_019a2f3c4d5e7f60a1b2c3d4e5f60718
  $ memlane jobs list --status failed --json | jq -r .id | xargs memlane jobs retry`;

/** Adds `memlane jobs` to the program. */
export function addJobsCommand(program: Command, finish: (code: ExitCode) => void): void {
  const jobs = program
    .command("jobs")
    .description("list jobs, show one, cancel them, do them again")
    .addHelpText("after", help);
  withConnectionFlags(addDefaultCommand(jobs, "list").description("the latest jobs, newest first"))
    .addOption(new Option("--status <status>", "only these").choices(jobStatusWords))
    .addOption(new Option("--kind <kind>", "only these").choices(["ingest", "batch"]))
    .option("--limit <jobs>", "how many at most", wholeNumber, 20)
    .option("--json", "print each job as JSON, one a line")
    .action(async (flags: ListFlags) => finish(await runList(flags)));
  withConnectionFlags(
    jobs
      .command("show")
      .description("what a job is doing, or what came of it")
      .argument("<job>", "the id of an ingest job or of a batch"),
  )
    .option("--json", "print the job as JSON")
    .action(async (id: string, flags: JobFlags) => finish(await runShow(id, flags)));
  withConnectionFlags(
    jobs
      .command("cancel")
      .description("end jobs that have not ended; what they have committed stays")
      .argument("<job...>", "their ids"),
  )
    .option("--json", "print each job as JSON, one a line")
    .action(async (ids: string[], flags: JobFlags) => finish(await runAction("cancel", ids, flags)));
  withConnectionFlags(
    jobs
      .command("retry")
      .description("do what is left of ended jobs, each as a new job")
      .argument("<job...>", "their ids"),
  )
    .option("--json", "print each new job as JSON, one a line")
    .action(async (ids: string[], flags: JobFlags) => finish(await runAction("retry", ids, flags)));
}

async function runList({ kind, status, limit, json, ...connection }: ListFlags): Promise<ExitCode> {
  const { jobs } = new MemoryClient(connection);
  let left = limit;
  for await (const job of jobs.list({
    ...(kind && { kind }),
    ...(status && { status }),
    limit: Math.min(limit, 500),
  })) {
    print(json ? JSON.stringify(job) : describeListedJob(job));
    left -= 1;
    if (left === 0) break;
  }
  if (left === limit && !json) tell("There are no such jobs.");
  return exitCodes.done;
}

async function runShow(id: string, { json, ...connection }: JobFlags): Promise<ExitCode> {
  const job = await new MemoryClient(connection).jobs.get(id).catch((error: unknown) => {
    throw isNoSuchJob(error) ? new Error(`there is no job ${id}`, { cause: error }) : error;
  });
  print(json ? JSON.stringify(job) : describeJob(job));
  if (!json) describeJobDetails(job).forEach(print);
  return exitCodes.done;
}

/** One after the other: what stands in the way of one job does not stand in the way of the next. */
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
      else print(action === "cancel" ? `${id} is cancelled` : `${id} is done again as ${job.id}`);
    } catch (error) {
      if (!MemlaneError.is(error) || !(isNoSuchJob(error) || error.code === "conflict")) throw error;
      tell(`memlane: ${id}: ${describeError(error)}`);
      code = exitCodes.failed;
    }
  }
  return code;
}
