import { createReadStream } from "node:fs";
import type { Command } from "commander";
import { migrate } from "../database/migrate.ts";
import { readMigrations } from "../database/read-migrations.ts";
import type { OpenDatabase } from "../open-database.ts";
import { preparePgvector } from "../store/pgvector.ts";
import { importDatabase } from "../transfer/import-database.ts";
import { printCopyProgress } from "./copy-progress.ts";
import { onDatabase, type DatabaseFlags } from "./on-database.ts";
import { printToStderr } from "./output.ts";
import { settingOption } from "./setting-option.ts";

const help = `
The database must have no organisation yet. Either everything is imported or nothing: the number and the hash of each table's rows
are compared with the export. No server may use the database meanwhile. An export of an older Memlane is brought up to date.

Examples:
  $ DATABASE_URL=postgres://memlane:secret@db.internal/memlane memlane-server import all.memlane
  $ memlane-server import backups/memlane-2026-12-01T04-00-00Z.export --data ./restored`;

/** Adds `memlane-server import` to the program. */
export function addImportCommand(program: Command): void {
  program
    .command("import")
    .description("read an export into an empty database")
    .argument("<file>", "the file, or - for standard input")
    .addOption(settingOption("MEMLANE_DATA"))
    .addHelpText("after", help)
    .action((file: string, flags: DatabaseFlags) =>
      onDatabase(flags, (database) => importFile(database, file), { keepsSchema: true }),
    );
}

async function importFile(database: OpenDatabase, file: string): Promise<void> {
  const known = await readMigrations();
  const { rows, skippedTables } = await importDatabase(
    database.directUrl,
    file === "-" ? process.stdin : createReadStream(file),
    {
      async prepareSchema(wanted) {
        const unknown = wanted.filter((name) => known.every((migration) => migration.file !== name));
        if (unknown.length > 0) {
          throw new Error(`A newer Memlane made this export (${unknown.join(", ")}): upgrade this one.`);
        }
        await migrate(
          database,
          known.filter((migration) => wanted.includes(migration.file)),
          printToStderr,
        ).catch((cause: unknown) => {
          throw new Error(
            "The schema of the export cannot be made in this database: import into a new one.",
            {
              cause,
            },
          );
        });
        await preparePgvector(database);
      },
      onProgress: printCopyProgress(),
    },
  );
  await migrate(database, known, printToStderr).catch((cause: unknown) => {
    const message =
      "Everything was imported, but its schema is older: bring it up to date with 'memlane-server migrate'.";
    throw new Error(message, { cause });
  });
  for (const table of skippedTables) printToStderr(`Left out ${table}, which this database makes again.`);
  printToStderr(`Imported ${rows} rows. Their number and their hashes match the export.`);
}
