// The routes without a dialect.
import { createExportRoute } from "./export/export.ts";
import { createJobControlRoutes } from "./jobs/job-control.ts";
import { createJobEventRoutes } from "./jobs/job-events.ts";
import { createJobTokenRoutes } from "./jobs/job-tokens.ts";
import type { Route } from "./route.ts";
import type { ServiceContext } from "./service-context.ts";
import { createWebhookDeliveryRoutes } from "./webhooks/webhook-deliveries.ts";
import { createMainWebhookRoutes } from "./webhooks/main-webhook.ts";
import { createWebhookRoutes } from "./webhooks/webhooks.ts";

/** Creates the routes for jobs of every dialect, for webhooks, and for the export. */
export function createSharedRoutes(context: ServiceContext): readonly Route[] {
  return [
    ...createJobEventRoutes(context),
    ...createJobControlRoutes(context),
    ...createJobTokenRoutes(context),
    ...createMainWebhookRoutes(context),
    ...createWebhookDeliveryRoutes(), // before the webhooks, whose ids have the same place in the path
    ...createWebhookRoutes(context),
    createExportRoute(),
  ];
}
