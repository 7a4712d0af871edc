import type { Command } from "commander";
import { recordByOperator } from "../audit/record-by-operator.ts";
import { insertOrg, listOrgs } from "../store/orgs.ts";
import { addLimitsCommand } from "./limits-command.ts";
import { onDatabase, type DatabaseFlags } from "./on-database.ts";
import { printRow, printToStderr } from "./output.ts";
import { addRedactionCommand } from "./redaction-command.ts";
import { settingOption } from "./setting-option.ts";

const help = `
These commands work while the server runs, and without it. Use the --data or DATABASE_URL of the server.

Examples:
  $ memlane-server orgs create acme
  $ memlane-server orgs limits acme --writes-per-month 25000
  $ memlane-server orgs redaction acme --secrets everywhere`;

/** Adds `memlane-server orgs` to the program. */
export function addOrgsCommand(program: Command): void {
  const orgs = program
    .command("orgs")
    .description("create and list organisations, and change their limits and redaction")
    .addHelpText("after", help);
  orgs
    .command("create")
    .description("create an organisation")
    .argument("<org>", "id of the organisation")
    .addOption(settingOption("MEMLANE_DATA"))
    .action((orgId: string, flags: DatabaseFlags) =>
      onDatabase(flags, async (database) => {
        const isNew = await insertOrg(database, orgId);
        if (isNew) await recordByOperator(database, { orgId, action: "tenant_create", targetId: orgId });
        printToStderr(isNew ? `Created ${orgId}.` : `${orgId} exists already.`);
      }),
    );
  orgs
    .command("list")
    .description("print a line for each organisation: id, time of creation")
    .addOption(settingOption("MEMLANE_DATA"))
    .action((flags: DatabaseFlags) =>
      onDatabase(flags, async (database) => {
        for (const { id, createdAt } of await listOrgs(database)) printRow(id, createdAt.toISOString());
      }),
    );
  addLimitsCommand(orgs);
  addRedactionCommand(orgs);
}
