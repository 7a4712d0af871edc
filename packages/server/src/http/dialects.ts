// The dialects that this server speaks. A new dialect is a folder and a line in `dialects`.
import { batch } from "./dialects/batch/batch.ts";
import { ingest } from "./dialects/ingest/ingest.ts";
import type { DialectRegistry } from "./served-dialect.ts";

/** The dialects of a server that is given no others. */
export const ourDialects: DialectRegistry = {
  dialects: [
    ingest, // conversations
    batch, // memories as they are
  ],
  shared: ingest,
  fallback: batch,
};
