import * as z from "zod/mini";
import type { ClientDialect } from "../dialect/client-dialect.ts";
import { errorWire } from "../dialect/error-wire.ts";
import { ingestErrors } from "./error.ts";
import { ingestJobWire, type IngestJobWire } from "./job.ts";
import { ingestStatuses, type IngestStatus } from "./status.ts";

/** The ingest dialect as a client reads it. */
export const ingestClientDialect: ClientDialect<IngestJobWire, IngestStatus> = {
  name: "ingest",
  statuses: ingestStatuses,
  errors: ingestErrors,
  jobsPath: "/v1/memories/jobs",
  jobWire: ingestJobWire,
  errorWire: z.union([
    z.pipe(
      z.object({ error: errorWire }),
      z.transform(({ error }) => error),
    ),
    z.pipe(
      z.object({ detail: errorWire }),
      z.transform(({ detail }) => detail),
    ),
  ]),
  // An `x-api-key` requires an organisation, a bearer token does not.
  headersOf: ({ apiKey, orgId }) =>
    orgId === undefined ? { authorization: `Bearer ${apiKey}` } : { "x-api-key": apiKey, "x-org-id": orgId },
};
