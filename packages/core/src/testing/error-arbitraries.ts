import * as fc from "fast-check";
import type { ErrorReport } from "../errors/error-report.ts";
import { serverErrorCodes, type ServerErrorCode } from "../errors/error-table.ts";
import { storableTextArbitrary } from "./text-arbitrary.ts";

/** Any code that an HTTP answer can carry. */
export const serverErrorCodeArbitrary: fc.Arbitrary<ServerErrorCode> = fc.constantFrom(...serverErrorCodes);

/** Any error answer. */
export const errorReportArbitrary: fc.Arbitrary<ErrorReport> = fc.record({
  code: serverErrorCodeArbitrary,
  message: storableTextArbitrary,
  requestId: fc.option(fc.uuid().map((uuid) => `req_${uuid}`)),
  issues: fc.array(
    fc.record({ field: storableTextArbitrary, message: storableTextArbitrary, type: storableTextArbitrary }),
    { maxLength: 3 },
  ),
});
