import type { UsageWire } from "@memlane/core";
import type { Command } from "commander";
import { MemoryClient } from "../memory-client.ts";
import { withConnectionFlags, type ConnectionFlags } from "./connection.ts";
import { exitCodes, type ExitCode } from "./exit-code.ts";
import { print } from "./output.ts";
import { printable } from "./printable.ts";

interface UsageFlags extends ConnectionFlags {
  readonly daily?: boolean;
  readonly keys?: boolean;
  readonly json?: true;
}

const help = `
Prints what was done this month (UTC) and what is stored. --daily adds a line for each day, --keys one for each
API key.

Examples:
  $ memlane usage
  $ memlane usage --keys
  $ memlane usage --daily --json | jq '.daily[-1]'`;

/** Adds `memlane usage` to the program. */
export function addUsageCommand(program: Command, finish: (code: ExitCode) => void): void {
  withConnectionFlags(
    program.command("usage").description("show what the organisation did this month and what it stores"),
  )
    .option("--daily", "add the counts of each day")
    .option("--keys", "add the counts of each API key")
    .option("--json", "print the whole answer as one JSON object")
    .addHelpText("after", help)
    .action(async (flags: UsageFlags) => finish(await runUsage(flags)));
}

async function runUsage({ daily = false, keys = false, json, ...connection }: UsageFlags): Promise<ExitCode> {
  const usage = await new MemoryClient(connection).usage({ daily, by_api_key: keys });
  if (json) {
    print(JSON.stringify(usage));
    return exitCodes.done;
  }
  const { memories_active, episodes_active, artifacts_active } = usage.storage;
  print(describe(usage.period.key, usage.operations));
  print(`stored   ${memories_active} memories, ${episodes_active} episodes, ${artifacts_active} artifacts`);
  for (const { date, ...counts } of usage.daily ?? []) print(describe(date, counts));
  for (const { first_n, name, last_used_at, ...counts } of usage.by_api_key ?? [])
    print(
      `${describe(`${first_n ?? ""}…`, counts)}, last used ${last_used_at ?? "never"}  ${printable(name ?? "")}`,
    );
  return exitCodes.done;
}

function describe(what: string, { messages_ingested, searches }: UsageWire["operations"]): string {
  return `${what}  ${messages_ingested} messages ingested, ${searches} searches`;
}
