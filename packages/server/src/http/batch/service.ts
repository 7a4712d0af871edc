import { batchDialect } from "@memlane/core";
import { batchCaller } from "../caller.ts";
import type { DialectService } from "../dialect-app.ts";
import type { ServiceContext } from "../service-context.ts";
import { createBatchJobRoutes } from "./jobs.ts";
import { createBatchMemoryRoutes } from "./memories.ts";

/** The batch dialect on this server. */
export function createBatchService(context: ServiceContext): DialectService {
  return {
    dialect: batchDialect,
    caller: batchCaller,
    routes: [...createBatchJobRoutes(context), ...createBatchMemoryRoutes(context)],
  };
}
