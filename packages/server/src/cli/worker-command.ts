import type { Command } from "commander";
import { runServer } from "./run-server.ts";
import { settingOption } from "./setting-option.ts";

interface WorkerFlags {
  readonly port?: number;
  readonly host?: string;
}

const help = `
Other settings are environment variables: 'memlane-server --help' lists them.

Example:
  $ DATABASE_URL=postgres://memlane:secret@db.internal/memlane memlane-server worker`;

/** Adds `memlane-server worker` to the program. */
export function addWorkerCommand(program: Command): void {
  program
    .command("worker")
    .description("run only a worker; it shares DATABASE_URL with API processes and other workers")
    .addOption(settingOption("MEMLANE_WORKER_PORT"))
    .addOption(settingOption("MEMLANE_HOST"))
    .addHelpText("after", help)
    .action((flags: WorkerFlags) =>
      runServer((settings) => ({ ...settings, port: settings.workerPort, ...flags }), ["worker"]),
    );
}
