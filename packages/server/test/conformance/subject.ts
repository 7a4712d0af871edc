// The server under test, with a key for each check.
import { createHash, createHmac } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { ConformanceRuntime, ConformanceTarget } from "@memlane/core/conformance";
import { saveOwnLimits } from "../../src/store/limits.ts";
import { batch, send } from "../http.ts";
import { startReceiver } from "../receiver.ts";
import { startServerOnTestDatabase } from "../test-database.ts";

const keys = {
  apiKey: "key-with-all-scopes",
  otherKey: "key-of-another-org",
  readKey: "key-that-only-reads",
  writeKey: "key-that-only-writes",
  limitedKey: "key-with-few-requests",
  exhaustedKey: "key-without-quota",
  oneAgentKey: "key-with-one-agent",
};

/** What the checks need of Node.js. */
export const nodeRuntime: ConformanceRuntime = {
  fetch,
  sleep,
  now: () => performance.now(),
  sha256Hex: (text) => createHash("sha256").update(text).digest("hex"),
  hmacSha256Hex: (key, text) => createHmac("sha256", key).update(text).digest("hex"),
};

/** A running server for the checks. */
export interface ConformanceSubject {
  readonly target: ConformanceTarget;
  readonly stop: () => Promise<void>;
}

/** Starts a server, a receiver of its webhooks, and organisations with the limits that the checks need. */
export async function startConformanceSubject(): Promise<ConformanceSubject> {
  const receiver = await startReceiver();
  const server = await startServerOnTestDatabase({
    apiKey: keys.apiKey,
    environment: {
      MEMLANE_BOOTSTRAP_KEYS: [
        `org_test:${keys.apiKey}`,
        `org_other:${keys.otherKey}`,
        `org_test:${keys.readKey}:memories:read`,
        `org_test:${keys.writeKey}:memories:write`,
        `org_limited:${keys.limitedKey}`,
        `org_exhausted:${keys.exhaustedKey}`,
        `org_one_agent:${keys.oneAgentKey}`,
      ].join(","),
      MEMLANE_REQUESTS_PER_MINUTE: "1000000",
      MEMLANE_UNFINISHED_BATCHES: "3",
      MEMLANE_WEBHOOK_ALLOW_PRIVATE: "true",
    },
  });
  await saveOwnLimits(server.database, "org_limited", { requestsPerMinute: 2 });
  await saveOwnLimits(server.database, "org_exhausted", { writesPerMonth: 1 });
  await saveOwnLimits(server.database, "org_one_agent", { agents: 1 });
  const last = { content: "Uses up the quota." };
  await send(server, "POST /v1/memories", batch({ apiKey: keys.exhaustedKey }), last);
  const webhookReceiver = {
    url: receiver.url,
    received: () =>
      receiver.received.map(({ headers, body }) => ({
        body,
        headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
      })),
  };
  return {
    target: { baseUrl: server.url, orgId: server.orgId, ...keys, webhookReceiver },
    async stop() {
      await server.stop();
      await receiver.close();
    },
  };
}
