// The dialects of this server. A new dialect is a folder and a line in `dialects`.
import { batch } from "./dialects/batch/batch.ts";
import { ingest } from "./dialects/ingest/ingest.ts";
import type { DialectRegistry } from "./served-dialect.ts";

/** The default dialects of a server. */
export const ourDialects: DialectRegistry = {
  dialects: [
    ingest, // conversations
    batch, // stores memories as they are
  ],
  shared: ingest,
  fallback: batch,
};
