import type { Command } from "commander";
import { MemoryClient } from "../memory-client.ts";
import { withConnectionFlags, type ConnectionFlags } from "./connection.ts";
import { exitCodes, type ExitCode } from "./exit-code.ts";
import { print, printText, printToStderr } from "./output.ts";
import { wholeNumber } from "./whole-number.ts";

interface ContextFlags extends ConnectionFlags {
  readonly userId?: string;
  readonly agentId?: string;
  readonly tokens: number;
  readonly json?: true;
}

const help = `
Prints Markdown: what is true, then the memories that match the query best.

Exit status: 0 something was found, 1 nothing was found, 2 the command failed.

Examples:
  $ memlane context "What should we cook?" --user-id ann
  $ memlane context "diet" --user-id ann --tokens 2000`;

/** Adds `memlane context` to the program. */
export function addContextCommand(program: Command, finish: (code: ExitCode) => void): void {
  withConnectionFlags(
    program
      .command("context")
      .description("compose a text for a prompt from facts and memories")
      .argument("<query>", "what the conversation is about"),
  )
    .option("--user-id <user>", "only what is known about this user")
    .option("--agent-id <agent>", "only memories of this agent")
    .option("--tokens <number>", "largest number of tokens, 50 to 8000", wholeNumber, 800)
    .option("--json", "print the whole answer as one JSON object")
    .addHelpText("after", help)
    .action(async (query: string, flags: ContextFlags) => finish(await runContext(query, flags)));
}

async function runContext(
  query: string,
  { userId: user_id, agentId: agent_id, tokens: token_budget, json, ...connection }: ContextFlags,
): Promise<ExitCode> {
  const answer = await new MemoryClient(connection).context({ query, user_id, agent_id, token_budget });
  if (json) print(JSON.stringify(answer));
  else printText(answer.context);
  if (answer.sources.length > 0) return exitCodes.done;
  if (!json) printToStderr("Nothing was found.");
  return exitCodes.failed;
}
