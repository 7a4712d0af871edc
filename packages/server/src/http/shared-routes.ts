// The routes without a dialect.
import { createExportRoute } from "./export/export.ts";
import { createJobChangeRoutes } from "./jobs/change-jobs.ts";
import { createJobControlRoutes } from "./jobs/job-control.ts";
import { createJobEventRoutes } from "./jobs/job-events.ts";
import { createJobTokenRoutes } from "./jobs/job-tokens.ts";
import { createJobContentRoutes } from "./operations/job-contents.ts";
import { createKeysRoute } from "./operations/keys.ts";
import { createMeRoute } from "./operations/me.ts";
import { createOrgsRoute } from "./operations/orgs.ts";
import { createServiceRoute } from "./operations/service.ts";
import { createStatsRoute } from "./operations/stats.ts";
import type { Route } from "./route.ts";
import type { ServiceContext } from "./service-context.ts";
import { createWebhookDeliveryRoutes } from "./webhooks/webhook-deliveries.ts";
import { createMainWebhookRoutes } from "./webhooks/main-webhook.ts";
import { createWebhookRoutes } from "./webhooks/webhooks.ts";

/** Creates the routes for jobs of every dialect, for webhooks, for the export, and for operators. */
export function createSharedRoutes(context: ServiceContext): readonly Route[] {
  return [
    ...createJobEventRoutes(context),
    ...createJobControlRoutes(context),
    ...createJobChangeRoutes(context),
    ...createJobTokenRoutes(context),
    ...createMainWebhookRoutes(context),
    ...createWebhookDeliveryRoutes(), // before the webhooks, whose ids have the same place in the path
    ...createWebhookRoutes(context),
    ...createJobContentRoutes(context),
    createExportRoute(),
    createKeysRoute(context),
    createMeRoute(),
    createOrgsRoute(),
    createServiceRoute(),
    createStatsRoute(),
  ];
}
