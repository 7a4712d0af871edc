import { ingestDialect, ingestJobWire, jobIds } from "@memlane/core";
import { ingestMemoryWire } from "@memlane/core/internal";
import type { ServedDialect } from "../../served-dialect.ts";
import { ingestCaller } from "./caller.ts";
import { createGroupRoutes } from "./groups.ts";
import { createIngestJobRoutes } from "./jobs.ts";
import { createIngestMemoryRoutes } from "./memories.ts";
import { createUsageRoutes } from "./usage.ts";

/** The ingest dialect on this server. */
export const ingest: ServedDialect = {
  dialect: ingestDialect,
  kind: "ingest",
  jobIds,
  jobSchema: ingestJobWire,
  caller: ingestCaller,
  signs: {
    paths: /^\/v1\/(?:memories\/jobs|memories\/[^/]+\/revisions|groups|usage)(?:\/|$)/,
    headers: ["x-api-key", "X-Org-Id"],
    body: { paths: /^\/v1\/memories(?:\/|$)/, key: "messages" },
  },
  schemas: { IngestMemory: ingestMemoryWire },
  createRoutes: (context) => [
    ...createIngestJobRoutes(context),
    ...createIngestMemoryRoutes(context),
    ...createGroupRoutes(context),
    ...createUsageRoutes(context),
  ],
};
