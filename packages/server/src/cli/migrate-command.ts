import type { Command } from "commander";
import { grantUse } from "../store/grant-use.ts";
import { preparePgvector } from "../store/pgvector.ts";
import { onDatabase, type DatabaseFlags } from "./on-database.ts";
import { printToStderr } from "./output.ts";
import { settingOption } from "./setting-option.ts";

interface MigrateFlags extends DatabaseFlags {
  readonly grant?: string;
}

const help = `
A server does this itself when it starts, if its role may. Run it before you start servers whose role may not change the schema.

Example:
  $ DATABASE_URL=postgres://owner:secret@db.internal/memlane memlane-server migrate --grant memlane_app`;

/** Adds `memlane-server migrate` to the program. */
export function addMigrateCommand(program: Command): void {
  program
    .command("migrate")
    .description("create Memlane's schema, or bring it up to date")
    .option("--grant <role>", "let this role read and write all data, without the right to change the schema")
    .addOption(settingOption("MEMLANE_DATA"))
    .addHelpText("after", help)
    .action(({ grant, ...flags }: MigrateFlags) =>
      onDatabase(flags, async (database) => {
        await preparePgvector(database);
        if (grant !== undefined) await grantUse(database, grant);
        printToStderr("The schema is up to date.");
      }),
    );
}
