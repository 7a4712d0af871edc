import * as Schema from "@effect/schema/Schema";
import type * as core from "../ids/id.ts";
import type { Uuid } from "../ids/uuid.ts";

const canonical = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const anyCase = canonical.source.slice(1, -1).replaceAll("a-f", "a-fA-F");

/** The value of an id: a UUID as in core. */
const idFromSelf = <Id extends Uuid>() =>
  Schema.String.pipe(
    Schema.filter((text): text is Id => canonical.test(text), {
      identifier: "Uuid",
      arbitrary: () => (fc) => fc.uuid().map((uuid) => uuid as Id),
    }),
  );

/** Reads every spelling of an id. `print` gets its 32 hex digits. */
const idSchema = <Id extends Uuid>(name: string, print: (digits: string) => string) =>
  Schema.transform(
    Schema.String.pipe(
      Schema.pattern(new RegExp(`^(?:${name}_[0-9a-fA-F]{32}|${anyCase})$`), {
        message: () => `is neither ${name}_<32 hex digits> nor a UUID`,
      }),
    ),
    idFromSelf<Id>(),
    {
      strict: true,
      decode: (text) =>
        dashed(
          text
            .slice(text.indexOf("_") + 1)
            .replaceAll("-", "")
            .toLowerCase(),
        ),
      encode: (id) => print(id.replaceAll("-", "")),
    },
  );

function dashed(digits: string): string {
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** `job_<32 hex>`. */
export const JobId: Schema.Schema<core.JobId, string> = idSchema<core.JobId>(
  "job",
  (digits) => `job_${digits}`,
);
/** A memory id in the format of the ingest dialect: a UUID with dashes. */
export const MemoryUuid: Schema.Schema<core.MemoryId, string> = idSchema<core.MemoryId>("mem", dashed);
/** A memory id in the format of the batch dialect: `mem_<32 hex>`. */
export const MemoryId: Schema.Schema<core.MemoryId, string> = idSchema<core.MemoryId>(
  "mem",
  (digits) => `mem_${digits}`,
);
/** `grp_<32 hex>`. */
export const GroupId: Schema.Schema<core.GroupId, string> = idSchema<core.GroupId>(
  "grp",
  (digits) => `grp_${digits}`,
);
