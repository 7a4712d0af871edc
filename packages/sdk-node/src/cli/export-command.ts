import type { Command } from "commander";
import { MemoryClient } from "../memory-client.ts";
import { withConnectionFlags, type ConnectionFlags } from "./connection.ts";
import { exitCodes, type ExitCode } from "./exit-code.ts";
import { print, printToStderr } from "./output.ts";

const help = `
Prints the memories and conversations of the organisation, one JSON object a line, for 'memlane import':
  - memories that were stored as they are, with user_id, agent_id, run_id, metadata and timestamp;
  - facts whose conversations were not kept, as memories;
  - conversations, with their messages. An import extracts their facts again.

Exit status: 0 the export is complete, 2 it failed.

Examples:
  $ memlane export > acme.jsonl
  $ MEMLANE_ORG_ID=copy MEMLANE_API_KEY=… memlane import acme.jsonl`;

/** Adds `memlane export` to the program. */
export function addExportCommand(program: Command, finish: (code: ExitCode) => void): void {
  withConnectionFlags(program.command("export").description("print everything that is stored, as JSONL"))
    .addHelpText("after", help)
    .action(async (flags: ConnectionFlags) => finish(await runExport(flags)));
}

async function runExport(connection: ConnectionFlags): Promise<ExitCode> {
  let lines = 0;
  for await (const line of new MemoryClient(connection).export()) {
    print(JSON.stringify(line));
    lines += 1;
  }
  printToStderr(`Exported ${lines} lines.`);
  return exitCodes.done;
}
