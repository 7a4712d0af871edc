import type { Command } from "commander";
import { exportDatabase } from "../transfer/export-database.ts";
import { exportToFile } from "../transfer/export-to-file.ts";
import { printCopyProgress } from "./copy-progress.ts";
import { onDatabase, type DatabaseFlags } from "./on-database.ts";
import { printToStderr } from "./output.ts";
import { settingOption } from "./setting-option.ts";

const help = `
The export has everything as it was at one moment: organisations, hashes of keys, memories, facts, messages, history and jobs.
Servers may run meanwhile. Keep the file as safe as the database.

Examples:
  $ memlane-server export all.memlane --data ./memlane-data
  $ memlane-server export - | DATABASE_URL=postgres://memlane:secret@db.internal/memlane memlane-server import -`;

/** Adds `memlane-server export` to the program. */
export function addExportCommand(program: Command): void {
  program
    .command("export")
    .description("write all data of the database to a file")
    .argument("<file>", "the file, or - for standard output")
    .addOption(settingOption("MEMLANE_DATA"))
    .addHelpText("after", help)
    .action((file: string, flags: DatabaseFlags) =>
      onDatabase(
        flags,
        async ({ directUrl }) => {
          const onProgress = printCopyProgress();
          const rows =
            file === "-"
              ? await exportDatabase(directUrl, process.stdout, { onProgress })
              : await exportToFile(directUrl, file, { onProgress });
          printToStderr(`Exported ${rows} rows.`);
        },
        { keepsSchema: true },
      ),
    );
}
