import type { GroupWire } from "@memlane/core";
import type { Command } from "commander";
import { MemoryClient } from "../memory-client.ts";
import { withConnectionFlags, type ConnectionFlags } from "./connection.ts";
import { addDefaultCommand } from "./default-command.ts";
import { exitCodes, type ExitCode } from "./exit-code.ts";
import { print } from "./output.ts";
import { printList } from "./print-list.ts";
import { printable } from "./printable.ts";

interface GroupFlags extends ConnectionFlags {
  readonly json?: true;
}

const help = `
A group shares memories between users. Conversations name it in 'group_ids', and its memories are those that fit
its prompt and are not private. A group without a prompt gets every memory that is not private.
An archived group gets no new memories; those that it has can still be read and searched.

Exit status: 0 done, 2 the command failed.

Examples:
  $ memlane groups
  $ memlane groups create Platform --prompt "Meetings, schedules and tools of the platform team"
  $ memlane groups change grp_019a2f3c4d5e7f60a1b2c3d4e5f60718 --name Core
  $ memlane groups archive grp_019a2f3c4d5e7f60a1b2c3d4e5f60718
  $ memlane search "When do we meet?" --group-id grp_019a2f3c4d5e7f60a1b2c3d4e5f60718`;

/** Adds `memlane groups` to the program. */
export function addGroupsCommand(program: Command, finish: (code: ExitCode) => void): void {
  const groups = program
    .command("groups")
    .description("list, create, change and archive groups")
    .addHelpText("after", help);
  const withFlags = (command: Command) =>
    withConnectionFlags(command).option("--json", "print each group as JSON, one a line");
  withFlags(addDefaultCommand(groups, "list").description("list the groups, oldest first"))
    .option("--archived", "list archived groups too")
    .action(async ({ archived = false, ...flags }: GroupFlags & { readonly archived?: boolean }) =>
      finish(await runList(archived, flags)),
    );
  withFlags(groups.command("create").description("create a group").argument("<name>", "name of the group"))
    .option("--prompt <text>", "what its memories are about; without it, every memory that is not private")
    .action(async (name: string, { prompt, ...flags }: GroupFlags & { readonly prompt?: string }) =>
      finish(
        await runOne(flags, (client) =>
          client.groups.create({ name, ...(prompt !== undefined && { prompt }) }),
        ),
      ),
    );
  withFlags(
    groups
      .command("change")
      .description("change the name or the prompt of a group, or make it active again")
      .argument("<group>", "id of the group"),
  )
    .option("--name <name>", "new name")
    .option("--prompt <text>", "new prompt")
    .option("--active", "make an archived group active")
    .action(
      async (
        id: string,
        {
          name,
          prompt,
          active,
          ...flags
        }: GroupFlags & {
          readonly name?: string;
          readonly prompt?: string;
          readonly active?: true;
        },
      ) =>
        finish(
          await runOne(flags, (client) =>
            client.groups.update(id, { name, prompt, ...(active && { status: "active" }) }),
          ),
        ),
    );
  withFlags(
    groups.command("archive").description("archive a group").argument("<group>", "id of the group"),
  ).action(async (id: string, flags: GroupFlags) =>
    finish(await runOne(flags, (client) => client.groups.archive(id))),
  );
}

async function runList(includeArchived: boolean, { json, ...connection }: GroupFlags): Promise<ExitCode> {
  const groups = await new MemoryClient(connection).groups.list({ includeArchived });
  await printList(groups, { json, describe: describeGroup, textIfNone: "There are no groups." });
  return exitCodes.done;
}

async function runOne(
  { json, ...connection }: GroupFlags,
  send: (client: MemoryClient) => PromiseLike<GroupWire>,
): Promise<ExitCode> {
  const group = await send(new MemoryClient(connection));
  print(json ? JSON.stringify(group) : describeGroup(group));
  return exitCodes.done;
}

function describeGroup({ id, status, name, prompt }: GroupWire): string {
  const topic = prompt === null ? "everything that is not private" : printable(prompt);
  return `${id}  ${status.padEnd("archived".length)}  ${printable(name)}: ${topic}`;
}
