// The dialects whose jobs and errors a client can read. To add a dialect, write its folder and add a line to each list here.
import { batchClientDialect } from "../batch/client-dialect.ts";
import type { BatchJobWire } from "../batch/job.ts";
import type { BatchStatus } from "../batch/status.ts";
import type { ClientDialect } from "../dialect/client-dialect.ts";
import { ingestClientDialect } from "../ingest/client-dialect.ts";
import type { IngestJobWire } from "../ingest/job.ts";
import type { IngestStatus } from "../ingest/status.ts";

/** A job of either kind: a batch has `received`, an ingest job does not. */
export type AnyJobWire = BatchJobWire | IngestJobWire;

/** A status word of any dialect. */
export type AnyJobStatus = IngestStatus | BatchStatus;

/** The dialects, in the order in which a client looks for a job of unknown dialect. */
export const clientDialects: readonly ClientDialect<AnyJobWire, AnyJobStatus>[] = [
  ingestClientDialect,
  batchClientDialect,
];
