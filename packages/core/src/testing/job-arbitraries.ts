import * as fc from "fast-check";
import * as z from "zod/mini";
import { itemErrorWire } from "../batch/item-error.ts";
import { batchJobCodec } from "../batch/job-codec.ts";
import { earliestInstant, latestInstant } from "../dialect/instant.ts";
import { ingestJobCodec } from "../ingest/job-codec.ts";
import { exactIngestResultWire, ingestResultRenaming, type IngestResult } from "../ingest/result-codec.ts";
import { jobEvents, jobStates, type JobEvent, type JobState } from "../job/job-machine.ts";
import type { BatchJob, IngestJob, JobFailure } from "../job/job.ts";
import type { Json } from "../json.ts";
import { jobIdArbitrary } from "./id-arbitraries.ts";
import { outputArbitrary } from "./output-arbitrary.ts";
import { storableTextArbitrary } from "./text-arbitrary.ts";

/** Any state of the machine. */
export const jobStateArbitrary: fc.Arbitrary<JobState> = fc.constantFrom(...jobStates);
/** Any event of the machine, legal or not. */
export const jobEventArbitrary: fc.Arbitrary<JobEvent> = fc.constantFrom(...jobEvents);

/** Any moment that the wire can represent. */
export const instantArbitrary: fc.Arbitrary<Date> = fc.date({
  min: earliestInstant,
  max: latestInstant,
  noInvalidDate: true,
});

/** The fields that a server may leave out. */
const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined });

const resultArbitrary: fc.Arbitrary<IngestResult> = outputArbitrary(exactIngestResultWire).map(
  ingestResultRenaming.read,
);

const failureArbitrary: fc.Arbitrary<JobFailure> = fc.record({
  type: storableTextArbitrary,
  code: storableTextArbitrary,
  message: storableTextArbitrary,
});

const jobFields = {
  expiresAt: maybe(instantArbitrary),
  attempts: maybe(fc.nat({ max: 20_000 })),
  lastError: maybe(storableTextArbitrary),
  nextAttemptAt: maybe(instantArbitrary),
};

const ingestBase = {
  kind: fc.constant("ingest" as const),
  id: jobIdArbitrary,
  createdAt: instantArbitrary,
  updatedAt: instantArbitrary,
  userId: maybe(storableTextArbitrary),
  ...jobFields,
};

/** Any ingest job, in each state. */
export const ingestJobArbitrary: fc.Arbitrary<IngestJob> = fc.oneof(
  fc.record({ ...ingestBase, state: fc.constantFrom("queued" as const, "active" as const) }),
  fc.record({ ...ingestBase, state: fc.constant("succeeded" as const), result: resultArbitrary }),
  fc.record({ ...ingestBase, state: fc.constant("failed" as const), failure: failureArbitrary }),
);

/** Any ingest job as its dialect writes it, with every field that a result may have. */
export const ingestJobJsonArbitrary: fc.Arbitrary<Json> = ingestJobArbitrary.map(printed(ingestJobCodec));

/** Any batch job, in each state. Its counts add up, and its list of errors may be shorter. */
export const batchJobArbitrary: fc.Arbitrary<BatchJob> = fc
  .tuple(fc.nat({ max: 500 }), fc.nat({ max: 500 }), fc.nat({ max: 500 }))
  .chain(([imported, failed, waiting]) =>
    fc.record({
      kind: fc.constant("batch" as const),
      id: jobIdArbitrary,
      state: jobStateArbitrary,
      received: fc.constant(imported + failed + waiting),
      imported: fc.constant(imported),
      failed: fc.constant(failed),
      errors: fc.array(outputArbitrary(itemErrorWire), { maxLength: Math.min(failed, 4) }),
      failure: maybe(failureArbitrary),
      ...jobFields,
    }),
  );

/** Any batch job as its dialect writes it. */
export const batchJobJsonArbitrary: fc.Arbitrary<Json> = batchJobArbitrary.map(printed(batchJobCodec));

function printed<Job>(codec: z.ZodMiniType<Job>): (job: Job) => Json {
  return (job) => JSON.parse(JSON.stringify(z.encode(codec, job))) as Json;
}
