import { type BatchJob, type JobId } from "@memlane/core";
import { vocabularyWire } from "@memlane/core/internal";
import * as z from "zod/mini";
import { importIds } from "./import-id.ts";
import { notesStatuses } from "./status.ts";

const count = z.int().check(z.gte(0));

const importOf = <Id extends z.ZodMiniType, Phase extends z.ZodMiniType>(id: Id, phase: Phase) =>
  z.object({
    import: id,
    phase,
    notes: z.object({ given: count, kept: count }),
    dropped: z.array(z.object({ position: count, reason: z.string() })),
    reason: z.optional(z.string()),
  });

/** The schema of an import. */
export const importWire = importOf(z.string(), z.enum(Object.values(notesStatuses.words)));

/** An import as a client reads it, with its id and its status under the names that jobs of all dialects have. */
export const importJobWire = z.pipe(
  importWire,
  z.transform(({ import: id, phase: status, ...job }) => ({ id, status, ...job })),
);

/** An import as a client has read it. */
export interface ImportJobWire extends z.output<typeof importJobWire> {}

const importId = z.codec(z.string(), z.custom<JobId>(), {
  decode: (text, context) => {
    const id = importIds.parse(text);
    if (id !== undefined) return id;
    context.issues.push({ code: "custom", input: text, message: "is not the id of an import" });
    return z.NEVER;
  },
  encode: importIds.print,
});

/** Parses and prints an import. */
export const importCodec = z.codec(importOf(importId, vocabularyWire(notesStatuses)), z.custom<BatchJob>(), {
  decode: ({ import: id, phase: state, notes, dropped, reason: message }): BatchJob => ({
    kind: "batch",
    id,
    state,
    received: notes.given,
    imported: notes.kept,
    failed: dropped.length,
    errors: dropped.map(({ position, reason: error }) => ({ index: position - 1, error })),
    failure: message === undefined ? undefined : { type: "server_error", code: "ingest_failed", message },
  }),
  encode: ({ id, state, received, imported, errors, failure }) => ({
    import: id,
    phase: state,
    notes: { given: received, kept: imported },
    dropped: errors.map(({ index, error }) => ({ position: index + 1, reason: error })),
    reason: failure?.message,
  }),
});
