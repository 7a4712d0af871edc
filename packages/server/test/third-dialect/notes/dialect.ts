import type { Dialect } from "@memlane/core";
import { notesErrorCodec, notesErrors } from "./error.ts";
import { importCodec } from "./job.ts";
import { notesStatuses } from "./status.ts";

/** An imaginary API: imports of notes. */
export const notesDialect = {
  name: "notes",
  statuses: notesStatuses,
  errors: notesErrors,
  job: importCodec,
  error: notesErrorCodec,
} as const satisfies Dialect;
