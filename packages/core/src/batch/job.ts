import * as z from "zod/mini";
import { openWord } from "../dialect/open-word.ts";
import { vocabularyWire } from "../dialect/vocabulary.ts";
import { jobIdWire } from "../dialect/id-wire.ts";
import { instantWire } from "../dialect/instant.ts";
import type { BatchJob } from "../job/job.ts";
import { jobFieldsWire, printJobFields, readJobFields } from "../job/job-fields.ts";
import { itemErrorWire, type ItemErrorWire } from "./item-error.ts";
import { batchStatuses } from "./status.ts";

const count = z.int().check(z.gte(0));
// Fields that this dialect's own vendor does not have are optional.
const jobOf = <
  Id extends z.ZodMiniType<string, string>,
  Status extends z.ZodMiniType<string, string>,
  Instant extends z.ZodMiniType,
>(
  id: Id,
  status: Status,
  instant: Instant,
) =>
  z.object({
    id,
    /** `pending`, `processing`, `completed` or `failed`; a newer server may send other words. */
    status,
    /** How many memories were submitted. */
    received: count,
    /** How many of these memories are stored. */
    imported: count,
    /** How many of these memories were refused. */
    failed: count,
    /** The reason for each refused memory. A server may shorten this list; `failed` is the full number. */
    errors: z._default(z.array(itemErrorWire), []),
    /** Why the whole batch failed; absent if it did not fail. */
    error: z.optional(z.object({ type: z.string(), code: z.string(), message: z.string() })),
    ...jobFieldsWire(instant),
  });

/** A batch job as any server of this dialect may send it: its status may be an unknown word. */
export const batchJobWire = jobOf(z.string(), openWord(Object.values(batchStatuses.words)), z.string());

/** A batch job in the wire format. */
export interface BatchJobWire extends z.output<typeof batchJobWire> {
  /** The reason for each refused memory. A server may shorten this list; `failed` is the full number. */
  errors: ItemErrorWire[];
}

/** Reads a batch job off the wire and prints one. Refuses counts that do not add up. */
export const batchJobCodec = z.codec(
  jobOf(jobIdWire, vocabularyWire(batchStatuses), instantWire),
  z.custom<BatchJob>(),
  {
    decode: (wire, context): BatchJob => {
      const { id, status, received, imported, failed, errors, error } = wire;
      const progress = { received, imported, failed, errors };
      if (imported + failed <= received) {
        return { kind: "batch", id, state: status, failure: error, ...readJobFields(wire), ...progress };
      }
      const message = `${imported} imported and ${failed} failed are more than ${received} received`;
      context.issues.push({ code: "custom", input: progress, message });
      return z.NEVER;
    },
    encode: ({ id, state, received, imported, failed, errors, failure, ...job }) => ({
      id,
      status: state,
      received,
      imported,
      failed,
      errors: [...errors],
      error: failure,
      ...printJobFields(job),
    }),
  },
);
