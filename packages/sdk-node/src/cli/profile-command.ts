import type { Command } from "commander";
import { MemoryClient } from "../memory-client.ts";
import { withConnectionFlags, type ConnectionFlags } from "./connection.ts";
import { describeFact } from "./describe-fact.ts";
import { exitCodes, type ExitCode } from "./exit-code.ts";
import { print, printToStderr } from "./output.ts";

interface ProfileFlags extends ConnectionFlags {
  readonly agentId?: string;
  readonly asOf?: string;
  readonly json?: true;
}

const help = `
Exit status: 0 facts were found, 1 nothing is known, 2 the command failed.

Examples:
  $ memlane profile ann
  $ memlane profile ann --as-of 2026-01-01`;

/** Adds `memlane profile` to the program. */
export function addProfileCommand(program: Command, finish: (code: ExitCode) => void): void {
  withConnectionFlags(
    program
      .command("profile")
      .description("show what is true about a user, by kind")
      .argument("<user>", "id of the user"),
  )
    .option("--agent-id <agent>", "only facts of this agent")
    .option("--as-of <time>", "what was true at this time (default: now)")
    .option("--json", "print the whole answer as one JSON object")
    .addHelpText("after", help)
    .action(async (user: string, flags: ProfileFlags) => finish(await runProfile(user, flags)));
}

async function runProfile(
  user_id: string,
  { agentId: agent_id, asOf: as_of, json, ...connection }: ProfileFlags,
): Promise<ExitCode> {
  const profile = await new MemoryClient(connection).profile({ user_id, agent_id, as_of });
  if (json) print(JSON.stringify(profile));
  else
    for (const [family, facts] of Object.entries(profile.by_family)) {
      print(`${family}:`);
      for (const fact of facts) print(`  ${describeFact(fact)}`);
    }
  if (profile.truncated && !json)
    printToStderr(`${profile.total - profile.facts.length} more facts are left out.`);
  if (profile.total > 0) return exitCodes.done;
  if (!json) printToStderr("Nothing is known about this user.");
  return exitCodes.failed;
}
