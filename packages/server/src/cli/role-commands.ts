import type { Command } from "commander";
import type { Role } from "../open-server.ts";
import type { Settings } from "../settings/read-environment.ts";
import { runServer } from "./run-server.ts";
import { settingOption } from "./setting-option.ts";

interface RoleFlags {
  readonly port?: number;
  readonly host?: string;
}

/** A command that runs one role of a server. */
interface RoleCommand {
  readonly role: Role;
  readonly description: string;
  readonly port: "MEMLANE_PORT" | "MEMLANE_WORKER_PORT";
  readonly portOf: (settings: Settings) => number;
}

const roleCommands: readonly RoleCommand[] = [
  {
    role: "api",
    description: "run only the API; it shares DATABASE_URL with other API processes and workers",
    port: "MEMLANE_PORT",
    portOf: ({ port }) => port,
  },
  {
    role: "worker",
    description: "run only a worker; it shares DATABASE_URL with API processes and other workers",
    port: "MEMLANE_WORKER_PORT",
    portOf: ({ workerPort }) => workerPort,
  },
];

const helpOf = (role: Role) => `
Other settings are environment variables: 'memlane-server --help' lists them.

Example:
  $ DATABASE_URL=postgres://memlane:secret@db.internal/memlane memlane-server ${role}`;

/** Adds `memlane-server api` and `memlane-server worker` to the program. */
export function addRoleCommands(program: Command): void {
  for (const { role, description, port, portOf } of roleCommands) {
    program
      .command(role)
      .description(description)
      .addOption(settingOption(port))
      .addOption(settingOption("MEMLANE_HOST"))
      .addHelpText("after", helpOf(role))
      .action((flags: RoleFlags) =>
        runServer((settings) => ({ ...settings, port: portOf(settings), ...flags }), [role]),
      );
  }
}
