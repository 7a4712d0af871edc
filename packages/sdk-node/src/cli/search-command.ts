import type { Command } from "commander";
import { MemoryClient } from "../memory-client.ts";
import { withConnectionFlags, type ConnectionFlags } from "./connection.ts";
import { exitCodes, type ExitCode } from "./exit-code.ts";
import { print, printText, printToStderr } from "./output.ts";
import { printable } from "./printable.ts";
import { wholeNumber } from "./whole-number.ts";

interface SearchFlags extends ConnectionFlags {
  readonly userId?: string;
  readonly agentId?: string;
  readonly appId?: string;
  readonly groupId?: string;
  readonly limit: number;
  readonly context?: true;
  readonly json?: true;
}

const help = `
Prints the memories that match best, one a line: the score, then the memory. At least one of --user-id,
--agent-id, --app-id and --group-id is required. If there are several, a memory must match all of them.

Exit status: 0 memories were found, 1 no memory was found, 2 the search failed.

Examples:
  $ memlane search "Where does she live?" --user-id ann
  $ memlane search "diet" --user-id ann --context      a text to put into a prompt
  $ memlane search "diet" --user-id ann --json | jq -r '.data[].id'`;

/** Adds `memlane search` to the program. */
export function addSearchCommand(program: Command, finish: (code: ExitCode) => void): void {
  withConnectionFlags(
    program
      .command("search")
      .description("find the memories that match a question")
      .argument("<query>", "a question or a few words"),
  )
    .option("--user-id <user>", "only memories of this user")
    .option("--agent-id <agent>", "only memories of this agent")
    .option("--app-id <app>", "only memories of this application")
    .option("--group-id <group>", "only memories that this group shares")
    .option("--limit <memories>", "largest number of memories", wholeNumber, 10)
    .option("--context", "print a text for a prompt instead")
    .option("--json", "print the whole answer as one JSON object")
    .addHelpText("after", help)
    .action(async (query: string, flags: SearchFlags) => finish(await runSearch(query, flags)));
}

async function runSearch(query: string, flags: SearchFlags): Promise<ExitCode> {
  const {
    userId: user_id,
    agentId: agent_id,
    appId: app_id,
    groupId,
    limit,
    context,
    json,
    ...connection
  } = flags;
  if ([user_id, agent_id, app_id, groupId].every((scope) => scope === undefined)) {
    printToStderr("memlane: set at least one of --user-id, --agent-id, --app-id and --group-id");
    return exitCodes.unusable;
  }
  const answer = await new MemoryClient(connection).memories.search({
    query,
    user_id,
    agent_id,
    app_id,
    ...(groupId !== undefined && { group_ids: [groupId] }),
    limit,
    mode: context ? "compose" : "retrieve",
  });
  if (json) print(JSON.stringify(answer));
  else if (context) printText(answer.context ?? "");
  else for (const { score, text } of answer.data) print(`${(score ?? 0).toFixed(3)}  ${printable(text)}`);
  if (answer.data.length > 0) return exitCodes.done;
  if (!json) printToStderr("No memory was found.");
  return exitCodes.failed;
}
