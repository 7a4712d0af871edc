import type { Command } from "commander";
import { MemoryClient } from "../memory-client.ts";
import { withConnectionFlags, type ConnectionFlags } from "./connection.ts";
import { exitCodes, type ExitCode } from "./exit-code.ts";
import { print, printText, printToStderr } from "./output.ts";

interface TriggerFlags extends ConnectionFlags {
  readonly userId?: string;
  readonly agentId?: string;
  readonly appId?: string;
  readonly namespace?: string;
  readonly task?: string;
  readonly json?: true;
}

const help = `
Prints the lessons and procedures with one of the identifiers, such as a file, a command or an error code. Identifiers must match
exactly. At least one of --user-id, --agent-id and --app-id is required.

Exit status: 0 something was found, 1 nothing was found, 2 the command failed.

Examples:
  $ memlane trigger "git push" --user-id ann
  $ memlane trigger TS2307 src/app.ts --agent-id coder --task "fix the build"`;

/** Adds `memlane trigger` to the program. */
export function addTriggerCommand(program: Command, finish: (code: ExitCode) => void): void {
  withConnectionFlags(
    program
      .command("trigger")
      .description("recall lessons and procedures by identifiers")
      .argument("<identifiers...>", "files, commands, options or error codes"),
  )
    .option("--user-id <user>", "only lessons of this user")
    .option("--agent-id <agent>", "only lessons of this agent")
    .option("--app-id <app>", "only lessons of this application")
    .option("--namespace <name>", "also lessons of this namespace")
    .option("--task <goal>", "lessons that fit this goal come first")
    .option("--json", "print the whole answer as one JSON object")
    .addHelpText("after", help)
    .action(async (entities: string[], flags: TriggerFlags) => finish(await runTrigger(entities, flags)));
}

async function runTrigger(entities: string[], flags: TriggerFlags): Promise<ExitCode> {
  const { userId: user_id, agentId: agent_id, appId: app_id, namespace, task, json, ...connection } = flags;
  if (user_id === undefined && agent_id === undefined && app_id === undefined) {
    printToStderr("memlane: set at least one of --user-id, --agent-id and --app-id");
    return exitCodes.unusable;
  }
  const scope = { user_id, agent_id, app_id, namespace };
  const answer = await new MemoryClient(connection).memories.trigger({ ...scope, entities, task });
  if (json) print(JSON.stringify(answer));
  else printText(answer.context ?? "");
  if (answer.data.length > 0) return exitCodes.done;
  if (!json) printToStderr("No lesson was found.");
  return exitCodes.failed;
}
