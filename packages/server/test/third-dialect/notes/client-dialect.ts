import type { ClientDialect } from "@memlane/core/internal";
import * as z from "zod/mini";
import { notesErrors } from "./error.ts";
import { importJobWire, type ImportJobWire } from "./job.ts";
import { notesStatuses } from "./status.ts";

const noDetails = { request_id: undefined, current_fact_id: undefined, issues: undefined, quota: undefined };

/** The notes dialect as a client reads it. */
export const notesClientDialect: ClientDialect<ImportJobWire, string> = {
  name: "notes",
  statuses: notesStatuses,
  errors: notesErrors,
  jobsPath: "/v1/imports",
  jobWire: importJobWire,
  errorWire: z.pipe(
    z.object({ problem: z.object({ kind: z.string(), text: z.string() }) }),
    z.transform(({ problem }) => ({ ...noDetails, code: problem.kind, message: problem.text })),
  ),
  headersOf: ({ apiKey }) => ({ authorization: `Notes ${apiKey}` }),
};
