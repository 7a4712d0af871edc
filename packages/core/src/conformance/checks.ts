import { choiceChecks } from "./dialect/choice.ts";
import { mcpChecks } from "./dialect/mcp.ts";
import { sharedStoreChecks } from "./dialect/shared-store.ts";
import { artifactChecks } from "./ingest/artifacts.ts";
import { authChecks as ingestAuthChecks } from "./ingest/auth.ts";
import { errorChecks as ingestErrorChecks } from "./ingest/errors.ts";
import { groupChecks } from "./ingest/groups.ts";
import { jobChecks } from "./ingest/jobs.ts";
import { listChecks } from "./ingest/lists.ts";
import { memoryChecks as ingestMemoryChecks } from "./ingest/memories.ts";
import { requestChecks } from "./ingest/requests.ts";
import { revisionChecks } from "./ingest/revisions.ts";
import { searchChecks as ingestSearchChecks } from "./ingest/search.ts";
import { tagChangeChecks } from "./ingest/tag-changes.ts";
import { taggingChecks } from "./ingest/tagging.ts";
import { triggerChecks } from "./ingest/trigger.ts";
import { usageChecks } from "./ingest/usage.ts";
import { webhookChecks } from "./ingest/webhooks.ts";
import { accountChecks } from "./batch/account.ts";
import { auditChecks } from "./batch/audit.ts";
import { authChecks as batchAuthChecks } from "./batch/auth.ts";
import { changeChecks } from "./batch/changes.ts";
import { contextChecks } from "./batch/context.ts";
import { directoryChecks } from "./batch/directory.ts";
import { eraseChecks } from "./batch/erase.ts";
import { errorChecks as batchErrorChecks } from "./batch/errors.ts";
import { eventChecks } from "./batch/events.ts";
import { factChangeChecks } from "./batch/fact-changes.ts";
import { factListChecks } from "./batch/fact-lists.ts";
import { factChecks } from "./batch/facts.ts";
import { importChecks } from "./batch/imports.ts";
import { limitChecks } from "./batch/limits.ts";
import { memoryChecks as batchMemoryChecks } from "./batch/memories.ts";
import { pingChecks } from "./batch/ping.ts";
import { profileChecks } from "./batch/profile.ts";
import { searchChecks as batchSearchChecks } from "./batch/search.ts";
import { writeChecks } from "./batch/writes.ts";
import type { Check } from "./check.ts";

/** The checks of both wires, each of one requirement. */
export const conformanceChecks: readonly Check[] = [
  ...choiceChecks,
  ...mcpChecks,
  ...sharedStoreChecks,
  ...artifactChecks,
  ...ingestAuthChecks,
  ...ingestErrorChecks,
  ...groupChecks,
  ...jobChecks,
  ...listChecks,
  ...ingestMemoryChecks,
  ...requestChecks,
  ...revisionChecks,
  ...ingestSearchChecks,
  ...taggingChecks,
  ...tagChangeChecks,
  ...triggerChecks,
  ...usageChecks,
  ...webhookChecks,
  ...accountChecks,
  ...auditChecks,
  ...batchAuthChecks,
  ...changeChecks,
  ...contextChecks,
  ...directoryChecks,
  ...eraseChecks,
  ...batchErrorChecks,
  ...eventChecks,
  ...factChangeChecks,
  ...factChecks,
  ...factListChecks,
  ...importChecks,
  ...limitChecks,
  ...batchMemoryChecks,
  ...pingChecks,
  ...profileChecks,
  ...batchSearchChecks,
  ...writeChecks,
];
