import * as z from "zod/mini";
import { openWord } from "../dialect/open-word.ts";
import { vocabularyWire } from "../dialect/vocabulary.ts";
import { jobIdWire } from "../dialect/id-wire.ts";
import type { BatchJob } from "../job/job.ts";
import { batchStatuses } from "./status.ts";

const count = z.int().check(z.gte(0));

const jobOf = <Id extends z.ZodMiniType<string, string>, Status extends z.ZodMiniType<string, string>>(
  id: Id,
  status: Status,
) =>
  z.object({
    id,
    status,
    received: count,
    imported: count,
    failed: count,
    errors: z._default(z.array(z.object({ index: count, error: z.string() })), []),
  });

/** A batch job as any server of this dialect may send it: its status may be a word that we do not know. */
export const batchJobWire = jobOf(z.string(), openWord(Object.values(batchStatuses.words)));

/** A batch job as the wire has it. */
export type BatchJobWire = z.output<typeof batchJobWire>;

/** Reads a batch job off the wire and prints one. Refuses counts that do not add up. */
export const batchJobCodec = z.codec(jobOf(jobIdWire, vocabularyWire(batchStatuses)), z.custom<BatchJob>(), {
  decode: ({ status, ...progress }, context): BatchJob => {
    const { received, imported, failed } = progress;
    if (imported + failed <= received) return { kind: "batch", state: status, ...progress };
    const message = `${imported} imported and ${failed} failed are more than ${received} received`;
    context.issues.push({ code: "custom", input: progress, message });
    return z.NEVER;
  },
  encode: ({ id, state, received, imported, failed, errors }) => ({
    id,
    status: state,
    received,
    imported,
    failed,
    errors: [...errors],
  }),
});
