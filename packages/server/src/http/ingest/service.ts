import { ingestDialect } from "@memlane/core";
import { ingestCaller } from "../caller.ts";
import type { DialectService } from "../dialect-app.ts";
import type { ServiceContext } from "../service-context.ts";
import { createJobEventRoutes } from "./job-events.ts";
import { createJobControlRoutes } from "./job-control.ts";
import { createJobTokenRoutes } from "./job-tokens.ts";
import { createIngestJobRoutes } from "./jobs.ts";
import { createIngestMemoryRoutes } from "./memories.ts";
import { createWebhookDeliveryRoutes } from "./webhook-deliveries.ts";
import { createWebhookRoutes } from "./webhooks.ts";

/** The ingest dialect on this server. */
export function createIngestService(context: ServiceContext): DialectService {
  return {
    dialect: ingestDialect,
    caller: ingestCaller,
    routes: [
      ...createIngestJobRoutes(context),
      ...createJobEventRoutes(context),
      ...createJobControlRoutes(context),
      ...createJobTokenRoutes(context),
      ...createIngestMemoryRoutes(context),
      ...createWebhookRoutes(context),
      ...createWebhookDeliveryRoutes(),
    ],
  };
}
