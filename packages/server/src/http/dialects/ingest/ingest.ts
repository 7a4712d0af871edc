import { ingestDialect, ingestJobWire, jobIds } from "@memlane/core";
import { ingestMemoryWire } from "@memlane/core/internal";
import type { ServedDialect } from "../../served-dialect.ts";
import { ingestCaller } from "./caller.ts";
import { createGroupRoutes } from "./groups.ts";
import { createIngestJobRoutes } from "./jobs.ts";
import { createIngestMemoryRoutes } from "./memories.ts";
import { createIngestSearchRoute } from "./search.ts";
import { createTriggerRoutes } from "./trigger.ts";
import { createUsageRoutes } from "./usage.ts";

/** The ingest dialect on this server. */
export const ingest: ServedDialect = {
  dialect: ingestDialect,
  kind: "ingest",
  jobIds,
  jobSchema: ingestJobWire,
  caller: ingestCaller,
  signs: {
    headers: [
      { name: "x-api-key" },
      { name: "X-Org-Id" },
      { name: "X-Xtrace-Client" },
      { name: "Authorization", start: "Token " },
    ],
    query: ["order", "cursor", "type", "include", "conv_id", "app_id", "group_id"],
    bodyKeys: [
      "messages",
      "conv_id",
      "app_id",
      "mode",
      "include",
      "expand",
      "filters",
      "group_ids",
      "add_group_ids",
      "remove_group_ids",
    ],
  },
  schemas: { IngestMemory: ingestMemoryWire },
  createRoutes: (context) => [
    ...createIngestJobRoutes(context),
    ...createIngestMemoryRoutes(),
    createIngestSearchRoute(context),
    ...createTriggerRoutes(),
    ...createGroupRoutes(context),
    ...createUsageRoutes(context),
  ],
};
