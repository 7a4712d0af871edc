import { Command } from "commander";
import { version } from "../base/version.ts";
import { addExportCommand } from "./export-command.ts";
import { addImportCommand } from "./import-command.ts";
import { addKeysCommand } from "./keys-command.ts";
import { addMigrateCommand } from "./migrate-command.ts";
import { addOrgsCommand } from "./orgs-command.ts";
import { addRoleCommands } from "./role-commands.ts";
import { addServeCommand } from "./serve-command.ts";
import { settingsHelp } from "./settings-help.ts";

const examples = `
Exit status: 0 done, 1 not done; the reason is on standard error.

Examples:
  $ memlane-server keys create acme --name laptop
  $ memlane-server serve --port 8787 --data ./memlane-data
  $ MEMLANE_BOOTSTRAP_KEYS=acme:a-long-secret-key memlane-server serve
  $ DATABASE_URL=postgres://db/memlane memlane-server api       # and on other machines: memlane-server worker`;

/** The command line of the server. Each command is a file in this folder. */
export function createProgram(): Command {
  const program = new Command("memlane-server")
    .description("Memlane's server: stores memories of conversations, and finds them again.")
    .version(version)
    .addHelpText("after", ({ command }) => settingsHelp(command))
    .addHelpText("after", examples)
    .showHelpAfterError("(--help shows how)");
  addServeCommand(program);
  addRoleCommands(program);
  addMigrateCommand(program);
  addKeysCommand(program);
  addOrgsCommand(program);
  addExportCommand(program);
  addImportCommand(program);
  return program;
}
