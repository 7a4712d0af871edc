import { expect, test } from "vitest";
import { batchDialect } from "../batch/dialect.ts";
import { errorTable } from "../errors/error-table.ts";
import { ingestDialect } from "../ingest/dialect.ts";
import { seedErrors } from "./seed-errors.ts";

const dialects = { ingest: ingestDialect, batch: batchDialect };

test.each(seedErrors)(
  "$dialect: $status $word when $cause",
  ({ dialect, status, word, code, hasRetryAfter }) => {
    expect(dialects[dialect].errors.words[code]).toBe(word);
    expect(errorTable[code].status).toBe(status);
    expect(errorTable[code].retryable).toBe(hasRetryAfter);
  },
);
