import { batchDialect, batchJobWire, jobIds } from "@memlane/core";
import { batchMemoryWire, factWire } from "@memlane/core/internal";
import type { ServedDialect } from "../../served-dialect.ts";
import { batchCaller } from "./caller.ts";
import { createAccountRoutes } from "./account.ts";
import { createAgentRoutes } from "./agents.ts";
import { createAuditRoute } from "./audit.ts";
import { createBatchJobRoutes } from "./jobs.ts";
import { createContextRoutes } from "./context.ts";
import { createEventRoutes } from "./events.ts";
import { createFactRoutes } from "./facts.ts";
import { createBatchMemoryRoutes } from "./memories.ts";
import { createPingRoute } from "./ping.ts";
import { createProfileRoutes } from "./profile.ts";
import { createUserRoutes } from "./users.ts";

/** The batch dialect on this server. */
export const batch: ServedDialect = {
  dialect: batchDialect,
  kind: "batch",
  jobIds,
  jobSchema: batchJobWire,
  caller: batchCaller,
  signs: {
    headers: [{ name: "X-Korely-Client" }, { name: "User-Agent", start: "korely-memory-python/" }],
    query: ["offset", "run_id"],
    bodyKeys: ["content", "metadata", "run_id"],
  },
  schemas: { BatchMemory: batchMemoryWire, Fact: factWire },
  createRoutes: (context) => [
    ...createBatchJobRoutes(context),
    ...createBatchMemoryRoutes(context),
    ...createEventRoutes(),
    ...createFactRoutes(context),
    ...createProfileRoutes(),
    ...createContextRoutes(context),
    ...createUserRoutes(context),
    ...createAgentRoutes(context),
    createAuditRoute(),
    createPingRoute(),
    ...createAccountRoutes(context),
  ],
};
