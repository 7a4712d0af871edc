import type { Command } from "commander";
import { runServer } from "./run-server.ts";
import { settingOption } from "./setting-option.ts";

interface ApiFlags {
  readonly port?: number;
  readonly host?: string;
}

const help = `
Other settings are environment variables: 'memlane-server --help' lists them.

Example:
  $ DATABASE_URL=postgres://memlane:secret@db.internal/memlane memlane-server api`;

/** Adds `memlane-server api` to the program. */
export function addApiCommand(program: Command): void {
  program
    .command("api")
    .description("run only the API; it shares DATABASE_URL with other API processes and workers")
    .addOption(settingOption("MEMLANE_PORT"))
    .addOption(settingOption("MEMLANE_HOST"))
    .addHelpText("after", help)
    .action((flags: ApiFlags) => runServer((settings) => ({ ...settings, ...flags }), ["api"]));
}
