import { createInterface } from "node:readline/promises";
import type { AgentErasureWire, UserErasureWire } from "@memlane/core";
import type { Command } from "commander";
import { MemoryClient } from "../memory-client.ts";
import { withConnectionFlags, type ConnectionFlags } from "./connection.ts";
import { exitCodes, type ExitCode } from "./exit-code.ts";
import { print, printToStderr } from "./output.ts";
import { printable } from "./printable.ts";

interface EraseFlags extends ConnectionFlags {
  readonly userId?: string;
  readonly agentId?: string;
  readonly yes?: true;
  readonly json?: true;
}

const help = `
Erases everything of one user, or everything that one agent has stored, for good: memories, facts, messages of
conversations, the texts in jobs, and webhook deliveries. Jobs that have not ended are cancelled; a batch with
several users loses only the items of this one. Asks first: type the name to continue.

Exit status: 0 it is erased, 2 nothing was erased.

Examples:
  $ memlane erase --user-id ann
  $ memlane erase --agent-id support --yes --json`;

/** Adds `memlane erase` to the program. */
export function addEraseCommand(program: Command, finish: (code: ExitCode) => void): void {
  withConnectionFlags(
    program.command("erase").description("erase everything of a user or of an agent, for good"),
  )
    .option("--user-id <user>", "the user to erase")
    .option("--agent-id <agent>", "the agent to erase")
    .option("--yes", "do not ask")
    .option("--json", "print the receipt as one JSON object")
    .addHelpText("after", help)
    .action(async (flags: EraseFlags) => finish(await runErase(flags)));
}

async function runErase({ userId, agentId, yes, json, ...connection }: EraseFlags): Promise<ExitCode> {
  const name = userId ?? agentId;
  if (name === undefined || name === "" || (userId !== undefined && agentId !== undefined)) {
    printToStderr("memlane: set either --user-id or --agent-id");
    return exitCodes.unusable;
  }
  const owner = userId === undefined ? "agent" : "user";
  if (!yes && !(await isConfirmed(owner, name))) {
    printToStderr("memlane: nothing was erased: type the name, or add --yes");
    return exitCodes.unusable;
  }
  const client = new MemoryClient(connection);
  const receipt = await (owner === "user" ? client.users.erase(name) : client.agents.erase(name));
  print(json ? JSON.stringify(receipt) : describeReceipt(`${owner} ${printable(name)}`, receipt));
  return exitCodes.done;
}

/** Whether the person types the name. */
async function isConfirmed(owner: "user" | "agent", name: string): Promise<boolean> {
  printToStderr(
    `This erases all memories, facts and messages of the ${owner} ${printable(name)} for good, and cancels the ${owner}'s jobs.`,
  );
  process.stderr.write(`Type the name of the ${owner} to continue: `);
  for await (const line of createInterface({ input: process.stdin })) return line === name;
  return false;
}

function describeReceipt(whose: string, receipt: UserErasureWire | AgentErasureWire): string {
  const { memories_deleted: memories, facts_deleted: facts, finished, audit_id: auditId } = receipt;
  const rest = finished === false ? " so far; the server continues" : "";
  return `Erased ${memories} memories and ${facts} facts of the ${whose}${rest} (${auditId}).`;
}
