import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { batchDialect } from "../batch/dialect.ts";
import { errorTable } from "../errors/error-table.ts";
import { ingestDialect } from "../ingest/dialect.ts";
import { errorReportArbitrary } from "../testing/error-arbitraries.ts";

describe.each([ingestDialect, batchDialect])("the $name error envelope", (dialect) => {
  test("for all errors, printing is stable: reading and printing again gives the same", () => {
    fc.assert(
      fc.property(errorReportArbitrary, (report) => {
        const { words, nameOf } = dialect.errors;
        const printed = z.encode(dialect.error, report);
        const read = dialect.error.parse(JSON.parse(JSON.stringify(printed)));
        expect(read.code).toBe(nameOf(words[report.code]));
        expect(read.message).toBe(report.message);
        expect(z.encode(dialect.error, read)).toEqual(printed);
      }),
    );
  });

  test("a word that the dialect does not have is refused", () => {
    const report = { code: "not_found", message: "", requestId: null, issues: [] } as const;
    const body = JSON.stringify(z.encode(dialect.error, report)).replaceAll("not_found", "lost");
    expect(dialect.error.safeParse(JSON.parse(body)).success).toBe(false);
  });
});

test("for all errors, both halves of the ingest envelope contain the same", () => {
  fc.assert(
    fc.property(errorReportArbitrary, (report) => {
      const { code, message, requestId, issues } = report;
      const word = ingestDialect.errors.words[code];
      expect(z.encode(ingestDialect.error, report)).toEqual({
        error: {
          type: errorTable[code].type,
          code: word,
          message,
          request_id: requestId,
          ...(issues.length > 0 && { details: { errors: issues } }),
        },
        detail: { code: word, message },
      });
    }),
  );
});

test("for all errors, the batch envelope contains only a code and a message", () => {
  fc.assert(
    fc.property(errorReportArbitrary, (report) => {
      expect(z.encode(batchDialect.error, report)).toEqual({
        code: batchDialect.errors.words[report.code],
        message: report.message,
      });
    }),
  );
});
