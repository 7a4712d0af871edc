import { expect } from "vitest";
import type { Database } from "../src/database/database.ts";

/**
 * Prevents all workers on a database from storing memories, after they have finished the current
 * work. The next job then stays active, and later ones stay queued, until the returned function is
 * called.
 */
export async function blockWorkers(database: Database): Promise<() => Promise<void>> {
  const unfinished = "select from memlane.job where state in ('queued', 'active')";
  await expect.poll(() => database.query(unfinished), { timeout: 30_000 }).toEqual([]);
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const { promise: locked, resolve: hasLocked, reject: cannotLock } = Promise.withResolvers<void>();
  const holding = database.transaction(async (sql) => {
    await sql.query("set local idle_in_transaction_session_timeout = 0");
    await sql.query("lock table memlane.memory in share row exclusive mode"); // reads still work, and so do locks of rows
    hasLocked();
    await released;
  });
  holding.catch(cannotLock);
  await locked;
  return async () => {
    release();
    await holding;
  };
}
