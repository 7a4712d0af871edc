// Who owns an embedded cluster: one process keeps it running and stops it in the end, others may visit.
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import type { Logger } from "pino";
import { openCluster } from "./cluster.ts";

const ownerLock = 0x6d656d6c; // "meml": the advisory lock that the owner holds as long as it lives

/** A running embedded PostgreSQL. */
export interface EmbeddedPostgres {
  readonly url: string;
  /** Stops the database, if this process owns it. */
  readonly close: () => Promise<void>;
}

/** How to open a folder. */
export interface EmbeddedOptions {
  readonly directory: string;
  /** `owner` fails when another process owns the folder; `visitor` then uses the database that is running. */
  readonly as: "owner" | "visitor";
  readonly log: Logger;
}

/**
 * Starts PostgreSQL on a folder, or adopts the one that a killed process left running there. The owner
 * restarts it when it dies.
 */
export async function openEmbeddedPostgres({
  directory,
  as,
  log,
}: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const cluster = await openCluster(directory);
  const url = await cluster.start();
  let closing = false;
  let lock = await takeLock(url, as === "owner" ? 5000 : 0);
  if (lock === undefined && as === "owner") {
    throw new Error(
      `${directory} is in use by another Memlane server. Stop that one, or choose another folder with --data.`,
    );
  }
  lock?.on("end", () => void restart());
  log.debug({ directory, owner: lock !== undefined }, "embedded PostgreSQL is ready");
  return {
    url,
    async close() {
      closing = true;
      if (lock === undefined) return;
      await lock.end().catch(() => {});
      await cluster.stop();
    },
  };

  async function restart(): Promise<void> {
    while (!closing) {
      log.error("the embedded PostgreSQL is gone: starting it again");
      try {
        lock = await takeLock(await cluster.start(), 5000);
        if (lock === undefined) throw new Error(`another process took ${directory}`);
        lock.on("end", () => void restart());
        if (closing) await lock.end();
        log.info("the embedded PostgreSQL is back");
        return;
      } catch (error) {
        log.error({ err: error }, "the embedded PostgreSQL does not start");
        await sleep(1000);
      }
    }
  }
}

async function takeLock(connectionString: string, patienceMs: number): Promise<Client | undefined> {
  const client = new Client({ connectionString, keepAlive: true, application_name: "memlane owner" });
  client.on("error", () => {}); // "end" follows, and is what counts
  await client.connect();
  const untilMs = Date.now() + patienceMs;
  for (;;) {
    const { rows } = await client.query<{ taken: boolean }>("select pg_try_advisory_lock($1) as taken", [
      ownerLock,
    ]);
    if (rows[0]?.taken === true) return client;
    if (Date.now() >= untilMs) break;
    await sleep(100); // a killed owner's connection is closed by the kernel within moments
  }
  await client.end();
  return undefined;
}
