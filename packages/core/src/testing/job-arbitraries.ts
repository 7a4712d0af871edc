import * as fc from "fast-check";
import { earliestInstant, latestInstant } from "../dialect/instant.ts";
import { jobEvents, jobStates, type JobEvent, type JobState } from "../job/job-machine.ts";
import {
  messageOutcomes,
  type BatchJob,
  type ExtractorReport,
  type IngestJob,
  type IngestResult,
  type JobFailure,
  type MemoryReference,
  type MessageReport,
} from "../job/job.ts";
import { memoryTypes } from "../memory/memory.ts";
import { jobIdArbitrary, memoryIdArbitrary } from "./id-arbitraries.ts";
import { storableTextArbitrary } from "./text-arbitrary.ts";

/** Any state of the machine. */
export const jobStateArbitrary: fc.Arbitrary<JobState> = fc.constantFrom(...jobStates);
/** Any event of the machine, legal or not. */
export const jobEventArbitrary: fc.Arbitrary<JobEvent> = fc.constantFrom(...jobEvents);

/** Any moment that the wire can write. */
export const instantArbitrary: fc.Arbitrary<Date> = fc.date({
  min: earliestInstant,
  max: latestInstant,
  noInvalidDate: true,
});

const few = { maxLength: 4 };

const referenceArbitrary: fc.Arbitrary<MemoryReference> = fc.record({
  id: memoryIdArbitrary,
  type: fc.constantFrom(...memoryTypes),
  text: storableTextArbitrary,
});

/** What a server may leave out. */
const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined });

const extractorArbitrary: fc.Arbitrary<ExtractorReport> = fc.record({
  name: storableTextArbitrary,
  model: maybe(storableTextArbitrary),
  prompt: maybe(storableTextArbitrary),
  fallbackReason: maybe(storableTextArbitrary),
  unreadMessages: maybe(fc.nat()),
  refusedClaims: maybe(fc.nat()),
});

const reportArbitrary: fc.Arbitrary<MessageReport> = fc.record({
  index: fc.nat(),
  id: maybe(storableTextArbitrary),
  outcome: fc.constantFrom(...messageOutcomes),
  memoryIds: fc.array(memoryIdArbitrary, few),
});

const resultArbitrary: fc.Arbitrary<IngestResult> = fc.record({
  created: fc.array(referenceArbitrary, few),
  updated: fc.array(referenceArbitrary, few),
  supersededBy: fc
    .array(fc.tuple(memoryIdArbitrary, memoryIdArbitrary), few)
    .map((pairs): IngestResult["supersededBy"] => Object.fromEntries(pairs)),
  stageTimings: fc.dictionary(
    fc.stringMatching(/^[a-z]{1,12}$/),
    fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
    { maxKeys: 6 },
  ),
  extractor: maybe(extractorArbitrary),
  messages: maybe(fc.array(reportArbitrary, few)),
  redactions: maybe(fc.dictionary(fc.stringMatching(/^[a-z]{1,12}$/), fc.nat(), { maxKeys: 4 })),
  ignoredGroupIds: fc.array(fc.string(), few),
  leftOut: maybe(fc.nat()),
});

const failureArbitrary: fc.Arbitrary<JobFailure> = fc.record({
  type: storableTextArbitrary,
  code: storableTextArbitrary,
  message: storableTextArbitrary,
});

const ingestBase = {
  kind: fc.constant("ingest" as const),
  id: jobIdArbitrary,
  createdAt: instantArbitrary,
  updatedAt: instantArbitrary,
  expiresAt: maybe(instantArbitrary),
};

/** Any ingest job, in each state. */
export const ingestJobArbitrary: fc.Arbitrary<IngestJob> = fc.oneof(
  fc.record({ ...ingestBase, state: fc.constantFrom("queued" as const, "active" as const) }),
  fc.record({ ...ingestBase, state: fc.constant("succeeded" as const), result: resultArbitrary }),
  fc.record({ ...ingestBase, state: fc.constant("failed" as const), failure: failureArbitrary }),
);

/** Any batch job, in each state; its counts add up, its list of errors may be capped. */
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
      errors: fc.array(
        fc.record({
          index: fc.nat({ max: Math.max(0, imported + failed + waiting - 1) }),
          error: storableTextArbitrary,
          code: maybe(storableTextArbitrary),
          retryable: maybe(fc.boolean()),
          id: maybe(storableTextArbitrary),
        }),
        { maxLength: Math.min(failed, 4) },
      ),
      failure: maybe(failureArbitrary),
      expiresAt: maybe(instantArbitrary),
    }),
  );
