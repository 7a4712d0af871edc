// The life of an embedded cluster: its owner restarts it when it dies, and its last user stops it.
import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "pg";
import type { Logger } from "pino";
import { isTransient } from "../database/transient-error.ts";
import { openCluster, type Cluster } from "./cluster.ts";
import { prepareServerRole, serverRole } from "./server-role.ts";
import { enter, leave, takeOwnership } from "./users.ts";

const patienceMs = 10_000; // for another process that is stopping the cluster

/** A running embedded PostgreSQL. */
export interface EmbeddedPostgres {
  /** The URL for the server's role. */
  readonly url: string;
  /** The URL for the cluster's superuser. */
  readonly administratorUrl: string;
  /** Stops the database if no other process uses it. Otherwise the last process that uses it stops it. */
  readonly close: () => Promise<void>;
}

/** How to open a folder. */
export interface EmbeddedOptions {
  readonly directory: string;
  /**
   * `owner` keeps the database running, and fails if another process owns it; `visitor` uses it for
   * a while.
   */
  readonly as: "owner" | "visitor";
  readonly log: Logger;
}

/** Starts PostgreSQL on a folder, or joins the processes that use it already. */
export async function openEmbeddedPostgres({
  directory,
  as,
  log,
}: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const cluster = await openCluster(directory);
  let closing = false;
  let restarting: Promise<void> | undefined;
  let user = await startAndEnter(cluster);
  if (as === "owner") await own();
  log.debug({ directory, as }, "embedded PostgreSQL is ready");
  return {
    url: user.url,
    administratorUrl: user.administratorUrl,
    async close() {
      closing = true;
      await restarting;
      await release();
    },
  };

  async function own(): Promise<void> {
    if (await takeOwnership(user.client)) {
      user.client.on("end", () => void (restarting = restart()));
      return;
    }
    await release();
    throw new Error(
      `${directory} is in use by another Memlane server. Stop that one, or choose another folder with --data.`,
    );
  }

  async function release(): Promise<void> {
    if (await leave(user.client)) await cluster.stop();
  }

  async function restart(): Promise<void> {
    while (!closing) {
      log.error("the embedded PostgreSQL ended: starting it again");
      try {
        user = await startAndEnter(cluster);
        await own();
        log.info("the embedded PostgreSQL runs again");
        return;
      } catch (error) {
        log.error({ err: error }, "the embedded PostgreSQL does not start");
        await sleep(1000);
      }
    }
  }
}

interface User {
  readonly url: string;
  readonly administratorUrl: string;
  readonly client: Client;
}

async function startAndEnter(cluster: Cluster): Promise<User> {
  const untilMs = Date.now() + patienceMs;
  for (;;) {
    const administratorUrl = await cluster.start();
    let client: Client | undefined;
    try {
      client = await enter(administratorUrl);
      const url = new URL(administratorUrl);
      await prepareServerRole(client, url.password);
      url.username = serverRole;
      return { url: url.href, administratorUrl, client };
    } catch (error) {
      // The cluster's last user may be stopping it at this moment: start it again.
      if (isTransient(error) && Date.now() < untilMs) {
        await client?.end().catch(() => {});
        await sleep(50);
        continue;
      }
      // Nothing that this start has started may stay.
      if (client === undefined ? cluster.isStartedHere() : await leave(client)) await cluster.stop();
      throw error;
    }
  }
}
