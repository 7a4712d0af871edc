import type { Database } from "../src/database/database.ts";

/**
 * Keeps every worker on a database from storing memories, until the function that it answers is called: whatever job
 * they are on stays active, and what comes behind it stays queued.
 */
export async function holdWorkers(database: Database): Promise<() => Promise<void>> {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const { promise: locked, resolve: hasLocked, reject: cannotLock } = Promise.withResolvers<void>();
  const holding = database.transaction(async (sql) => {
    await sql.query("set local idle_in_transaction_session_timeout = 0");
    await sql.query("lock table memlane.memory in exclusive mode"); // reads go on
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
