import type { MemlaneError } from "@memlane/core";
import type { Command } from "commander";
import { readMcpEnvironment } from "../environment.ts";
import { MemoryClient } from "../memory-client.ts";
import { withConnectionFlags, type ConnectionFlags } from "./connection.ts";
import { exitCodes, type ExitCode } from "./exit-code.ts";
import { describeError } from "./hint.ts";
import { listenForInterruption } from "./interruption.ts";
import { printToStderr } from "./output.ts";

interface McpFlags extends ConnectionFlags {
  readonly userId?: string;
  readonly agentId?: string;
  readonly readOnly?: true;
}

const help = `
Speaks the Model Context Protocol on its standard streams, for an agent that starts it: Claude Code, Claude
Desktop, Cursor, Codex, VS Code. The agent's model works on the memories of one user only, and cannot choose
another user. Ends when the agent closes its standard input, after it has answered.

Exit status: 0 the agent closed the input, 2 it could not start, such as without a setting, 130 interrupted.

Examples:
  $ memlane mcp --user-id ann
  $ memlane mcp --user-id ann --read-only
  $ claude mcp add --env MEMLANE_API_KEY=… --transport stdio memlane -- memlane mcp --user-id ann`;

/** Adds `memlane mcp` to the program. */
export function addMcpCommand(program: Command, finish: (code: ExitCode) => void): void {
  withConnectionFlags(program.command("mcp").description("give an agent the memories of a user"))
    .option("--user-id <user>", "user whose memories the agent reads and writes (env: MEMLANE_USER_ID)")
    .option(
      "--agent-id <agent>",
      "read only memories of this agent, and write new ones for it (env: MEMLANE_AGENT_ID)",
    )
    .option("--read-only", "offer only the tools that change nothing")
    .addHelpText("after", help)
    .action(async (flags: McpFlags) => finish(await runMcp(flags)));
}

async function runMcp({ readOnly: isReadOnly, ...flags }: McpFlags): Promise<ExitCode> {
  const environment = readMcpEnvironment();
  const { userId = environment.userId, agentId = environment.agentId, ...connection } = flags;
  if (userId === undefined) {
    printToStderr("memlane: set the user whose memories the agent works on: --user-id or MEMLANE_USER_ID");
    return exitCodes.unusable;
  }
  const client = new MemoryClient(connection);
  const stopping = listenForInterruption();
  // Loaded only here, because it is larger than the rest of this package.
  const { serveMcpOverStdio } = await import("@memlane/mcp/stdio");
  await serveMcpOverStdio(
    { client, userId, agentId, isReadOnly, stopping, describeError: describeErrorToAgent },
    { onError: (error) => printToStderr(`memlane: ${error.message}`) },
  );
  return stopping.aborted ? exitCodes.interrupted : exitCodes.done;
}

/** The text of an error for the agent and its user. The process goes on, so a server that starts later is found. */
function describeErrorToAgent(error: MemlaneError): string {
  return error.status === null && error.retryable
    ? `${describeError(error)}\nThe next call tries again.`
    : describeError(error);
}
