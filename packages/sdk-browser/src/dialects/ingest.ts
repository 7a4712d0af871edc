import { ingestStatuses, type IngestJobWire } from "@memlane/core";
import type { JobDialect } from "../job-dialect.ts";
import { sharedFields, type PageFields } from "../job-snapshot.ts";
import { readFailure } from "./failure.ts";
import {
  countOf,
  listOf,
  literalOf,
  numberOf,
  objectOf,
  optional,
  orNull,
  recordOf,
  textOf,
  withDefault,
  type Read,
} from "../json.ts";

type ResultWire = NonNullable<IngestJobWire["result"]>;

const readExtractor = objectOf<NonNullable<ResultWire["extractor"]>>({
  name: textOf,
  model: optional(textOf),
  prompt: optional(textOf),
  fallback_reason: optional(textOf),
  unread_messages: optional(countOf),
  refused_claims: optional(countOf),
  prompt_tokens: optional(countOf),
  completion_tokens: optional(countOf),
});

const readMessage = objectOf<NonNullable<ResultWire["messages"]>[number]>({
  index: countOf,
  id: optional(textOf),
  outcome: textOf,
  skipped_parts: optional(countOf),
  replaced_characters: optional(countOf),
  memory_ids: listOf(textOf),
});

const readReferences = withDefault(
  listOf(
    objectOf<ResultWire["memories_created"][number]>({
      id: textOf,
      type: withDefault(textOf, "fact"),
      text: textOf,
    }),
  ),
  [],
);

const readResult = objectOf<ResultWire>({
  object: literalOf("ingest_result"),
  memories_created: readReferences,
  memories_updated: readReferences,
  memories_superseded_by: withDefault(recordOf(textOf), {}),
  stage_timings: withDefault(recordOf(numberOf), {}),
  extractor: optional(readExtractor),
  messages: optional(listOf(readMessage)),
  redactions: optional(recordOf(countOf)),
  ignored_group_ids: withDefault(listOf(textOf), []),
  left_out: optional(countOf),
});

/**
 * Reads an ingest job exactly as core's `ingestJobWire` does, without the fields about earlier attempts (see `PageFields`).
 *
 * @throws TypeError if it is not an ingest job
 */
const readIngestJob: Read<IngestJobWire> = objectOf<PageFields<IngestJobWire>>({
  object: literalOf("ingest_job"),
  ...sharedFields,
  created_at: textOf,
  updated_at: optional(orNull(textOf)),
  user_id: optional(textOf),
  result: orNull(readResult),
  error: orNull(readFailure),
});

/** The ingest dialect. */
export const ingestDialect: JobDialect<IngestJobWire> = {
  path: "/v1/memories/jobs",
  statuses: ingestStatuses,
  readJob: readIngestJob,
};
