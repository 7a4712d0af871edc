import * as z from "zod/mini";
import { jobIdWire } from "../dialect/id-wire.ts";
import { instantWire } from "../dialect/instant.ts";
import { vocabularyWire } from "../dialect/vocabulary.ts";
import type { BatchJob } from "../job/job.ts";
import { printJobFields, readJobFields } from "../job/job-fields.ts";
import { batchJobOf } from "./job.ts";
import { batchStatuses } from "./status.ts";

/** Reads a batch job off the wire and prints one. Refuses counts that do not add up. */
export const batchJobCodec = z.codec(
  batchJobOf(jobIdWire, vocabularyWire(batchStatuses), instantWire),
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
