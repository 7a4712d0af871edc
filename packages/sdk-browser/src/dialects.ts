// The dialects whose jobs a page can watch. A third one is its file in `dialects`, and a line in each list here.
import type { BatchJobWire, IngestJobWire } from "@memlane/core";
import { batchDialect } from "./dialects/batch.ts";
import { ingestDialect } from "./dialects/ingest.ts";
import type { JobDialect } from "./job-dialect.ts";

/** Each dialect's job in the wire format. */
export interface JobWires {
  readonly ingest: IngestJobWire;
  readonly batch: BatchJobWire;
}

/** The API that created the job: `ingest` for a conversation, `batch` for a batch. */
export type DialectName = keyof JobWires;

/** The dialects by name. */
export const dialects: { readonly [Name in DialectName]: JobDialect<JobWires[Name]> } = {
  ingest: ingestDialect,
  batch: batchDialect,
};
