import type { UserListQuery, UserWire } from "@memlane/core";
import type { Command } from "commander";
import { MemoryClient } from "../memory-client.ts";
import { withConnectionFlags, type ConnectionFlags } from "./connection.ts";
import { exitCodes, type ExitCode } from "./exit-code.ts";
import { printList } from "./print-list.ts";
import { printable } from "./printable.ts";
import { wholeNumber } from "./whole-number.ts";

interface UsersFlags extends ConnectionFlags {
  readonly agentId?: string;
  readonly limit: number;
  readonly json?: true;
}

const help = `
Prints the users with active memories, facts or episodes, one a line: when something was last stored, the numbers of
memories, of facts and of episodes, and the user.

Examples:
  $ memlane users                              the 50 who were active most recently
  $ memlane users --agent-id support --limit 500
  $ memlane users --json | jq -r .user_id`;

/** Adds `memlane users` to the program. */
export function addUsersCommand(program: Command, finish: (code: ExitCode) => void): void {
  withConnectionFlags(program.command("users").description("list users, the most recently active first"))
    .option("--agent-id <agent>", "count only what this agent stored")
    .option("--limit <users>", "largest number of users", wholeNumber, 50)
    .option("--json", "print each user as JSON, one a line")
    .addHelpText("after", help)
    .action(async (flags: UsersFlags) => finish(await runUsers(flags)));
}

async function runUsers({ agentId, limit, json, ...connection }: UsersFlags): Promise<ExitCode> {
  const query: UserListQuery = {
    limit: Math.min(limit, 1000),
    ...(agentId !== undefined && { agent_id: agentId }),
  };
  const users = new MemoryClient(connection).users.list(query);
  await printList(users, { limit, json, describe: describeUser, textIfNone: "There are no users." });
  return exitCodes.done;
}

function describeUser({
  last_active: lastActive,
  memories,
  facts,
  episodes = 0,
  user_id: id,
}: UserWire): string {
  return `${lastActive ?? "never"}  ${memories} memories  ${facts} facts  ${episodes} episodes  ${printable(id)}`;
}
