import type { BatchJobView } from "@memlane/core/internal";
import type { ImportJobWire } from "./job.ts";
import { notesStatuses } from "./status.ts";

/** A job of the notes dialect, as programs show it. */
export const viewImportJob = ({
  id,
  status,
  notes,
  dropped,
  reason,
}: ImportJobWire): BatchJobView<"notes"> => ({
  id,
  status,
  dialect: "notes",
  kind: "batch",
  state: notesStatuses.nameOf(status),
  failure:
    reason === undefined ? undefined : { type: "server_error", code: "ingest_failed", message: reason },
  received: notes.given,
  imported: notes.kept,
  failed: dropped.length,
  errors: dropped.map(({ position, reason: error }) => ({ index: position - 1, error })),
});
