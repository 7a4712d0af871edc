import type { Command } from "commander";

/**
 * Adds the command of a group that runs if none is named. Any other word is reported as an unknown
 * command.
 */
export function addDefaultCommand(group: Command, name: string): Command {
  return group
    .command(name, { isDefault: true })
    .allowExcessArguments()
    .hook("preAction", ({ args: [word] }) => {
      if (word === undefined) return;
      group.error(`error: ${group.args[0] === name ? "unexpected argument" : "unknown command"} '${word}'`);
    });
}
