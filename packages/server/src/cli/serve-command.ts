import type { Command } from "commander";
import { runServer } from "./run-server.ts";
import { settingOption } from "./setting-option.ts";

interface ServeFlags {
  readonly port?: number;
  readonly host?: string;
  readonly data?: string;
}

const help = `
Every other setting is an environment variable: 'memlane-server --help' lists them.
Logs are JSON lines on standard error.

Exit status: 0 after a signal stopped it, 1 if it could not start.

Examples:
  $ memlane-server serve
  $ memlane-server serve --port 8080 --data /var/lib/memlane
  $ MEMLANE_BOOTSTRAP_KEYS=acme:a-long-secret-key memlane-server serve`;

/** Adds `memlane-server serve` to the program. */
export function addServeCommand(program: Command): void {
  program
    .command("serve")
    .description("run the database, the API and the worker in one process, until SIGINT, SIGTERM or SIGHUP")
    .addOption(settingOption("MEMLANE_PORT"))
    .addOption(settingOption("MEMLANE_HOST"))
    .addOption(settingOption("MEMLANE_DATA"))
    .addHelpText("after", help)
    .action(({ data, ...flags }: ServeFlags) =>
      runServer((settings) => ({ ...settings, ...flags, dataDirectory: data ?? settings.dataDirectory })),
    );
}
