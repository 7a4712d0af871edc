// Sends the webhooks of a process.
import type { Logger } from "pino";
import type { Database } from "../database/database.ts";
import { startClaimLoop, type Claimed } from "../queue/claim-loop.ts";
import { startSweep } from "../queue/sweep.ts";
import { claimDeliveries, deleteEndedDeliveries, type ClaimedDelivery } from "../store/webhook-deliveries.ts";
import { startDelivery } from "./deliver.ts";
import { createPlacesPerOrg, placesPerOrg } from "./places-per-org.ts";
import { createReceiverLookup } from "./receiver-lookup.ts";
import { createResolveHost, type ResolveHost } from "./resolve-host.ts";

/** How webhooks are sent. */
export interface WebhookSenderOptions {
  /** Whether receivers may be at addresses that are not public. */
  readonly allowPrivate: boolean;
  /** How long a receiver may take to answer, in milliseconds. */
  readonly timeoutMs: number;
  /** The delay before the second attempt, in milliseconds. The others follow from `retry-policy.ts`. */
  readonly retryMs: number;
  /** How receivers' names are resolved. @default by DNS, and by this machine's names too if `allowPrivate` */
  readonly resolveHost?: ResolveHost | undefined;
}

/** The running sender of webhooks. */
export interface WebhookSender {
  /** Starts no more attempts, puts back deliveries whose attempt takes too long, and resolves when no attempt runs. */
  readonly stop: () => Promise<void>;
}

const concurrency = 64; // each attempt is a socket that waits
const pollMs = 500;
const drainMs = 2000;
const keepMs = 7 * 24 * 3_600_000; // how long ended deliveries stay in the delivery log

/** Starts to send the deliveries that are due. */
export function startWebhookSender(
  database: Database,
  log: Logger,
  {
    allowPrivate,
    timeoutMs,
    retryMs,
    resolveHost = createResolveHost({ knowsLocalNames: allowPrivate }),
  }: WebhookSenderOptions,
): WebhookSender {
  const leaseMs = 2 * timeoutMs + 1000; // longer than any attempt, so it needs no renewal
  const lookup = createReceiverLookup(resolveHost, allowPrivate);
  const places = createPlacesPerOrg();
  let cursor = ""; // the last organisation of the last claim
  const loop = startClaimLoop({
    name: "webhook deliveries",
    concurrency,
    pollMs,
    drainMs,
    log,
    claim,
    start(delivery) {
      const free = places.take(delivery.orgId);
      const onEnd = (tookMs: number) => {
        free(tookMs);
        loop.claimSoon(); // the organisation may have more deliveries
      };
      return startDelivery(
        { database, log, allowPrivate, lookup, timeoutMs, retryMs, leaseMs, onEnd },
        delivery,
      );
    },
  });
  const sweep = startSweep("webhook deliveries", log, (deleteAll) =>
    deleteAll((limit) => deleteEndedDeliveries(database, keepMs, limit)),
  );
  return {
    async stop() {
      await Promise.all([loop.stop(), sweep.stop()]);
    },
  };

  async function claim(limit: number): Promise<Claimed<ClaimedDelivery>> {
    const after = cursor;
    const items = await claimDeliveries(database, {
      limit,
      leaseMs,
      after,
      limitPerOrg: places.free(),
      limitOfOthers: placesPerOrg,
    });
    // If the claim is not full, the next claim starts again with the first organisation.
    cursor = items.length === limit ? items.at(-1)!.orgId : "";
    const mayBeMore = items.length > 0 || cursor !== after;
    return { items, againMs: mayBeMore ? 0 : pollMs };
  }
}
