// An attacker has its own process (by fork), so that its work does not disturb the neighbour's time
// measurements.
import { constants, setPriority } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import * as fc from "fast-check";
import { attacks } from "./attacks.ts";
import { order, type Order } from "./order.ts";
import { request, type Attacker } from "./strike.ts";
import { tenantOf } from "./tenant.ts";

const restMs = 20; // between two strikes: an attack is about the content of requests, not their frequency
const cleaningMs = 2000;

setPriority(constants.priority.PRIORITY_BELOW_NORMAL); // with the lowest priority it would get no time on a busy machine
process.on("message", (message) => {
  void attack(order.parse(message)).then((counts) => process.send?.(counts));
});
process.on("disconnect", () => process.exit());

async function attack({ attack: name, seed, together, url, orgId, durationMs }: Order) {
  const counts: Record<string, number> = {};
  const attacker: Attacker = {
    tenant: tenantOf(url, orgId),
    signal: AbortSignal.timeout(durationMs),
    count: (status) => (counts[status] = (counts[status] ?? 0) + 1),
    jobIds: [],
  };
  const strikes = fc.sample(attacks.get(name)!, { seed, numRuns: 1000 });
  let next = 0;
  const lane = async () => {
    while (!attacker.signal.aborted) {
      await strikes[next++ % strikes.length]!(attacker);
      await sleep(restMs);
    }
  };
  await Promise.all(Array.from({ length: together }, lane));
  await cancelJobs(attacker);
  return counts;
}

/** Cancels the unfinished jobs, so that the next attack is measured alone. */
async function cancelJobs({ tenant, jobIds }: Attacker): Promise<void> {
  const cleaner = { tenant, signal: AbortSignal.timeout(cleaningMs), count: () => {}, jobIds: [] };
  while (jobIds.length > 0 && !cleaner.signal.aborted) {
    const some = jobIds.splice(-8);
    await Promise.all(some.map((id) => request(cleaner, "POST", `/v1/jobs/${id}/cancel`)));
  }
}
