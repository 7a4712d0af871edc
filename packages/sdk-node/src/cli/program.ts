import { Command, CommanderError } from "commander";
import { MemlaneError } from "@memlane/core";
import { version } from "../version.ts";
import { addConformCommand } from "./conform-command.ts";
import { exitCodes, type ExitCode } from "./exit-code.ts";
import { describeError } from "./hint.ts";
import { addEraseCommand } from "./erase-command.ts";
import { addExportCommand } from "./export-command.ts";
import { addContextCommand } from "./context-command.ts";
import { addFactsCommand } from "./facts-command.ts";
import { addGroupsCommand } from "./groups-command.ts";
import { addImportCommand } from "./import-command.ts";
import { addJobsCommand } from "./jobs-command.ts";
import { addKeysCommand } from "./keys-command.ts";
import { addMcpCommand } from "./mcp-command.ts";
import { addProfileCommand } from "./profile-command.ts";
import { addSearchCommand } from "./search-command.ts";
import { addTriggerCommand } from "./trigger-command.ts";
import { addUsageCommand } from "./usage-command.ts";
import { addUsersCommand } from "./users-command.ts";
import { addWatchCommand } from "./watch-command.ts";
import { addWebhooksCommand } from "./webhooks-command.ts";

const help = `
Environment:
  MEMLANE_API_KEY   your API key; other users of this machine can see a key in a flag
  MEMLANE_ORG_ID    the organisation of the key
  MEMLANE_BASE_URL  URL of the server (default: http://127.0.0.1:8787)
  NO_COLOR          print no colours

Examples:
  $ export MEMLANE_API_KEY=… MEMLANE_ORG_ID=acme
  $ memlane import conversations.jsonl
  $ memlane watch job_019a2f3c4d5e7f60a1b2c3d4e5f60718
  $ memlane jobs list --status failed
  $ memlane search "Where does she live?" --user-id ann
  $ memlane erase --user-id ann
  $ memlane export > acme.jsonl
  $ memlane facts --user-id ann
  $ memlane profile ann
  $ memlane context "What should we cook?" --user-id ann
  $ memlane trigger "git push" --user-id ann
  $ memlane groups create Platform --prompt "Meetings and tools of the platform team"
  $ memlane usage --daily
  $ memlane webhooks create https://example.com/memlane
  $ memlane keys check`;

/** Runs the command line and resolves with its exit code. `args` does not include the program's name. */
export async function runProgram(args: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = exitCodes.done;
  const program = new Command("memlane")
    .description(
      "Sends conversations and memories to a Memlane server, watches its jobs, searches, exports and erases.",
    )
    .version(version)
    .addHelpText("after", help)
    .showHelpAfterError("(--help shows how)")
    .exitOverride();
  const finish = (result: ExitCode) => {
    code = result;
  };
  addImportCommand(program, finish);
  addWatchCommand(program, finish);
  addJobsCommand(program, finish);
  addSearchCommand(program, finish);
  addUsersCommand(program, finish);
  addEraseCommand(program, finish);
  addExportCommand(program, finish);
  addFactsCommand(program, finish);
  addProfileCommand(program, finish);
  addContextCommand(program, finish);
  addTriggerCommand(program, finish);
  addGroupsCommand(program, finish);
  addUsageCommand(program, finish);
  addWebhooksCommand(program, finish);
  addKeysCommand(program, finish);
  addMcpCommand(program, finish);
  addConformCommand(program, finish);
  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    // Commander has printed its own message. A request for help is not an error.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.unusable;
    process.stderr.write(`memlane: ${messageOf(error)}\n`);
    return exitCodes.unusable;
  }
  return code;
}

function messageOf(error: unknown): string {
  if (MemlaneError.is(error)) return describeError(error);
  return error instanceof Error ? error.message : String(error);
}
