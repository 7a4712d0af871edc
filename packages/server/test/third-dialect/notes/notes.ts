import type { ServedDialect } from "../../../src/http/served-dialect.ts";
import { notesCaller } from "./caller.ts";
import { notesDialect } from "./dialect.ts";
import { importIds } from "./import-id.ts";
import { importWire } from "./job.ts";
import { createImportRoutes } from "./jobs.ts";

/** The notes dialect on a server. */
export const notes: ServedDialect = {
  dialect: notesDialect,
  kind: "batch",
  jobIds: importIds,
  jobSchema: importWire,
  caller: notesCaller,
  signs: { headers: [{ name: "Authorization", start: "Notes " }], bodyKeys: ["notes"] },
  createRoutes: createImportRoutes,
};
