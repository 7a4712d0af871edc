import {
  conformanceChecks,
  runConformance,
  type Check,
  type ConformanceTarget,
} from "@memlane/core/conformance";
import type { Command } from "commander";
import { normaliseOptions } from "../client-options.ts";
import { readEnvironment } from "../environment.ts";
import { messageOfRootCause } from "../root-cause.ts";
import { startAdapter, type PrintedServer } from "./conform-adapter.ts";
import { conformanceKeyNames, withKeyFlags, type ConformanceKeyName } from "./conform-keys.ts";
import { describeConformance } from "./conform-report.ts";
import { createConformanceRuntime } from "./conform-runtime.ts";
import { withConnectionFlags, type ConnectionFlags } from "./connection.ts";
import { createProgress } from "./create-progress.ts";
import { exitCodes, type ExitCode } from "./exit-code.ts";
import { listenForInterruption } from "./interruption.ts";
import { print } from "./output.ts";
import { wholeNumber } from "./whole-number.ts";

interface ConformFlags extends ConnectionFlags, Partial<Record<ConformanceKeyName, string>> {
  readonly adapter?: string;
  readonly area: readonly string[];
  readonly only: readonly string[];
  readonly concurrency: number;
  readonly verbose?: true;
  readonly json?: true;
}

const help = `
Each check sends requests and compares the answers with one requirement of the ingest or the batch API. The checks
write, erase, and replace the webhook of the organisation: use an organisation that is made for tests. They create
their own users and agents, so they can run again on the same server.

A check is skipped if it needs a key that is not given, or a part of the API that a server may leave out.

An adapter is a command that starts a server and prints one line: its URL, or a JSON object with baseUrl, apiKey,
orgId and any other keys (batchKey, otherKey, readKey, …). It is stopped with SIGTERM.

Exit status: 0 no check failed, 1 a check failed, 2 the server could not be reached, 130 Ctrl-C.

Examples:
  $ memlane conform
  $ memlane conform --area batch.facts --area ingest.groups --verbose
  $ memlane conform --only batch.facts.patch.confirms
  $ memlane conform --adapter "node start-my-server.js" --json > conformance.json`;

/** Adds `memlane conform` to the program. */
export function addConformCommand(program: Command, finish: (code: ExitCode) => void): void {
  const collect = (value: string, before: readonly string[]) => [...before, value];
  const command = program
    .command("conform")
    .description("check whether a server does what both public APIs promise");
  withKeyFlags(withConnectionFlags(command))
    .option("--adapter <command>", "start the server under test with this command")
    .option(
      "--area <area>",
      "only checks of this area, such as batch or batch.facts; repeatable",
      collect,
      [],
    )
    .option("--only <id>", "only this check; repeatable", collect, [])
    .option("--concurrency <checks>", "largest number of checks at a time", wholeNumber, 8)
    .option("--verbose", "list the checks that passed, too")
    .option("--json", "print the results as one JSON object")
    .addHelpText("after", help)
    .action(async (flags: ConformFlags) => finish(await runConform(flags)));
}

async function runConform(flags: ConformFlags): Promise<ExitCode> {
  const checks = chooseChecks(flags);
  const interruption = listenForInterruption();
  const adapter = flags.adapter === undefined ? undefined : await startAdapter(flags.adapter);
  try {
    return await runChecks(checks, targetOf(flags, adapter?.server), flags, interruption);
  } finally {
    await adapter?.stop();
  }
}

async function runChecks(
  checks: readonly Check[],
  target: ConformanceTarget,
  flags: ConformFlags,
  interruption: AbortSignal,
): Promise<ExitCode> {
  await expectServer(target);
  const view = createProgress(flags.json === true);
  let done = 0;
  let failed = 0;
  const results = await runConformance(createConformanceRuntime(interruption), target, {
    checks,
    runId: Date.now().toString(36),
    concurrency: flags.concurrency,
    onResult: ({ outcome }) => {
      done += 1;
      if (outcome === "failed") failed += 1;
      view.update(done / checks.length, `${done} of ${checks.length} checks, ${failed} failed`);
    },
  }).finally(view.end);
  if (interruption.aborted) return exitCodes.interrupted;
  if (flags.json) print(JSON.stringify({ base_url: target.baseUrl, results }));
  else describeConformance(results, { isVerbose: flags.verbose === true }).forEach(print);
  return failed > 0 ? exitCodes.failed : exitCodes.done;
}

/** @throws Error if no check fits, so that a wrong name does not look like success */
function chooseChecks({ area: areas, only }: ConformFlags): readonly Check[] {
  const checks = conformanceChecks.filter(
    ({ id }) =>
      (areas.length === 0 && only.length === 0) ||
      only.includes(id) ||
      areas.some((area) => id.startsWith(`${area}.`)),
  );
  if (checks.length > 0) return checks;
  const areaNames = [...new Set(conformanceChecks.map(({ area }) => area))].join(", ");
  throw new Error(`there is no such check; the areas are ${areaNames}`);
}

/** The adapter's line overrides the environment, and the flags override both. */
function targetOf(flags: ConformFlags, server: PrintedServer | undefined): ConformanceTarget {
  const { baseUrl, apiKey, orgId } = normaliseOptions(
    {
      baseUrl: flags.baseUrl ?? server?.baseUrl,
      apiKey: flags.apiKey ?? server?.["apiKey"],
      orgId: flags.orgId ?? server?.["orgId"],
    },
    readEnvironment(),
  );
  const others = conformanceKeyNames.map((name) => [name, flags[name] ?? server?.[name]] as const);
  return { baseUrl, apiKey, orgId, ...Object.fromEntries(others) };
}

/** @throws Error if nothing answers, or the key is refused */
async function expectServer({ baseUrl, apiKey, batchKey = apiKey }: ConformanceTarget): Promise<void> {
  const url = new URL(
    "v1/batch/job_00000000000000000000000000000000",
    baseUrl.endsWith("/") ? baseUrl : `${baseUrl}/`,
  );
  const { status } = await fetch(url, { headers: { authorization: `Bearer ${batchKey}` } }).catch(
    (error: unknown) => {
      throw new Error(`the server at ${baseUrl} does not answer: ${messageOfRootCause(error)}`, {
        cause: error,
      });
    },
  );
  if (status === 401) throw new Error(`the server at ${baseUrl} refuses the key`);
}
