// One contract in two forms: the zod codecs of the main entry and the Effect schemas of this one.
import * as Arbitrary from "@effect/schema/Arbitrary";
import * as Schema from "@effect/schema/Schema";
import * as Either from "effect/Either";
import * as fc from "fast-check";
import { describe, expect, expectTypeOf, test } from "vitest";
import * as z from "zod/mini";
import { batchErrorCodec } from "../batch/error-codec.ts";
import { batchJobCodec } from "../batch/job-codec.ts";
import { groupIdWire, jobIdWire, memoryIdWire, memoryUuidWire } from "../dialect/id-wire.ts";
import { instantWire } from "../dialect/instant.ts";
import type { ErrorReport } from "../errors/error-report.ts";
import * as ids from "../ids/id.ts";
import { ingestErrorCodec } from "../ingest/error-codec.ts";
import { ingestJobCodec } from "../ingest/job-codec.ts";
import type * as job from "../job/job.ts";
import type { Json } from "../json.ts";
import { batchJobs } from "../testing/batch-fixtures.ts";
import { errorReportArbitrary } from "../testing/error-arbitraries.ts";
import {
  groupIdArbitrary,
  idSpellingArbitrary,
  jobIdArbitrary,
  memoryIdArbitrary,
} from "../testing/id-arbitraries.ts";
import { batchJobArbitrary, ingestJobArbitrary, instantArbitrary } from "../testing/job-arbitraries.ts";
import { ingestJobs } from "../testing/ingest-fixtures.ts";
import { mutatedJsonArbitrary } from "../testing/json-arbitraries.ts";
import { BatchJob } from "./batch-job.ts";
import { BatchError, IngestError } from "./error-report.ts";
import { GroupId, JobId, MemoryId, MemoryUuid } from "./ids.ts";
import { IngestJob } from "./ingest-job.ts";
import { Instant } from "./instant.ts";

function throughJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}

interface Contract<Value, Wire> {
  readonly zod: z.ZodMiniType<Value>;
  readonly effect: Schema.Schema<Value, Wire>;
  readonly values: fc.Arbitrary<Value>;
  /** Wire values that no codec printed. */
  readonly wires?: fc.Arbitrary<Json>;
}

function holdsFor<Value, Wire>(name: string, { zod, effect, values, wires }: Contract<Value, Wire>) {
  const effectEncode = Schema.encodeSync(effect);
  const effectDecode = Schema.decodeUnknownEither(effect);
  const printed = values.map((value) => throughJson(z.encode(zod, value)));

  describe(name, () => {
    test("for all values, the codec and the Effect schema print the same", () => {
      fc.assert(
        fc.property(fc.oneof(values, Arbitrary.make(effect)), (value) => {
          expect(effectEncode(value)).toEqual(z.encode(zod, value));
        }),
      );
    });

    test("for all values, each form reads what the other prints", () => {
      fc.assert(
        fc.property(fc.oneof(values, Arbitrary.make(effect)), (value) => {
          expect(zod.parse(throughJson(effectEncode(value)))).toEqual(throughBoth(value));
          expect(effectDecode(throughJson(z.encode(zod, value)))).toEqual(Either.right(throughBoth(value)));
        }),
      );
    });

    test("for all wire values, even broken ones, both accept and read the same", () => {
      let accepted = 0;
      const broken = mutatedJsonArbitrary(printed);
      fc.assert(
        fc.property(fc.oneof(broken, wires ?? broken), (wire) => {
          const byZod = zod.safeParse(wire);
          const byEffect = effectDecode(wire);
          expect(Either.isRight(byEffect)).toBe(byZod.success);
          if (!byZod.success || !Either.isRight(byEffect)) return;
          accepted += 1;
          expect(byEffect.right).toEqual(byZod.data);
          expect(effectEncode(byEffect.right)).toEqual(z.encode(zod, byZod.data));
        }),
        { numRuns: 1000 },
      );
      expect(accepted).toBeGreaterThan(0);
    });
  });

  /** The value after printing and reading, because some envelopes omit fields. */
  function throughBoth(value: Value): Value {
    return zod.parse(throughJson(z.encode(zod, value)));
  }
}

const idContract = <Id extends ids.JobId | ids.MemoryId | ids.GroupId>(
  zod: z.ZodMiniType<Id>,
  effect: Schema.Schema<Id, string>,
  codec: ids.IdCodec<Id>,
  values: fc.Arbitrary<Id>,
) => ({
  zod,
  effect,
  values,
  wires: fc.oneof(
    values.chain((id) => idSpellingArbitrary(codec, id)),
    fc
      .tuple(values, fc.constantFrom("job_", "mem_", "grp_", "JOB_", "", "_"))
      .map(([id, prefix]) => prefix + id.replaceAll("-", "")),
    fc.fullUnicodeString(),
  ),
});

holdsFor("job ids", idContract(jobIdWire, JobId, ids.jobIds, jobIdArbitrary));
holdsFor("memory ids with dashes", idContract(memoryUuidWire, MemoryUuid, ids.memoryIds, memoryIdArbitrary));
holdsFor(
  "memory ids with their prefix",
  idContract(memoryIdWire, MemoryId, ids.memoryIds, memoryIdArbitrary),
);
holdsFor("group ids", idContract(groupIdWire, GroupId, ids.groupIds, groupIdArbitrary));

const digits = (maximum: number, length = 2) =>
  fc.integer({ min: 0, max: maximum }).map((value) => String(value).padStart(length, "0"));
/** ISO 8601 texts: mostly valid, with days, hours and offsets just out of range. */
const isoText = fc
  .tuple(
    fc.oneof(
      digits(9999, 4),
      fc.constantFrom("0000", "0001", "2000", "1900", "2024", "2025", "9999", "-001"),
    ),
    digits(13),
    digits(32),
    fc.constantFrom("T", "T", "T", " ", "t", ""),
    fc.oneof(digits(24), digits(23)),
    digits(61),
    fc.oneof(
      digits(61).map((second) => `:${second}`),
      fc.constantFrom("", ":59.5", ":59.123456789", ":59."),
    ),
    fc.oneof(
      fc.constantFrom("Z", "Z", "z", "", "+00:00", "-00:00", "+0100", "+01"),
      fc.tuple(fc.constantFrom("+", "-"), digits(24), digits(60)).map(([sign, h, m]) => `${sign}${h}:${m}`),
    ),
  )
  .map(([year, month, day, t, ...rest]) => `${year}-${month}-${day}${t}${rest[0]}:${rest.slice(1).join("")}`);

holdsFor("instants", { zod: instantWire, effect: Instant, values: instantArbitrary, wires: isoText });
/** Every status with and without a result and an error, so that most contradict each other. */
const anyOutcome = fc
  .record({
    status: fc.constantFrom<Json>("pending", "running", "succeeded", "failed", "processing", "napping"),
    result: fc.constantFrom<Json>(null, {}, ingestJobs.succeeded.result),
    error: fc.constantFrom<Json>(null, ingestJobs.failed.error),
  })
  .map((outcome): Json => ({ ...ingestJobs.pending, ...outcome }));

holdsFor("ingest jobs", {
  zod: ingestJobCodec,
  effect: IngestJob,
  values: ingestJobArbitrary,
  wires: anyOutcome,
});

/** Counts near the limit where they no longer add up. */
const anyCounts = fc
  .record({ received: fc.nat({ max: 3 }), imported: fc.nat({ max: 3 }), failed: fc.nat({ max: 3 }) })
  .map((counts): Json => ({ ...batchJobs.processing, ...counts }));

holdsFor("batch jobs", {
  zod: batchJobCodec,
  effect: BatchJob,
  values: batchJobArbitrary,
  wires: anyCounts,
});
holdsFor("errors of the ingest dialect", {
  zod: ingestErrorCodec,
  effect: IngestError,
  values: errorReportArbitrary,
});
holdsFor("errors of the batch dialect", {
  zod: batchErrorCodec,
  effect: BatchError,
  values: errorReportArbitrary,
});

test("the types are core's own", () => {
  expectTypeOf<typeof JobId.Type>().toEqualTypeOf<ids.JobId>();
  expectTypeOf<typeof IngestJob.Type>().toEqualTypeOf<job.IngestJob>();
  expectTypeOf<typeof BatchJob.Type>().toEqualTypeOf<job.BatchJob>();
  expectTypeOf<typeof IngestError.Type>().toEqualTypeOf<ErrorReport>();
});
