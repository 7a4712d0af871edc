import { batchDialect, batchJobWire, jobIds } from "@memlane/core";
import { batchMemoryWire, factWire } from "@memlane/core/internal";
import type { ServedDialect } from "../../served-dialect.ts";
import { batchCaller } from "./caller.ts";
import { createBatchJobRoutes } from "./jobs.ts";
import { createContextRoutes } from "./context.ts";
import { createEventRoutes } from "./events.ts";
import { createFactRoutes } from "./facts.ts";
import { createBatchMemoryRoutes } from "./memories.ts";
import { createProfileRoutes } from "./profile.ts";

/** The batch dialect on this server. */
export const batch: ServedDialect = {
  dialect: batchDialect,
  kind: "batch",
  jobIds,
  jobSchema: batchJobWire,
  caller: batchCaller,
  signs: { paths: /^\/v1\/(?:batch|events|facts|profile|context|users|agents|ping)(?:\/|$)/ },
  schemas: { BatchMemory: batchMemoryWire, Fact: factWire },
  createRoutes: (context) => [
    ...createBatchJobRoutes(context),
    ...createBatchMemoryRoutes(context),
    ...createEventRoutes(),
    ...createFactRoutes(context),
    ...createProfileRoutes(),
    ...createContextRoutes(context),
  ],
};
