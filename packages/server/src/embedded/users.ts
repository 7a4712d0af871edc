// Who uses a cluster, as advisory locks in it: they go with their process, however it ends.
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";

const ownerLock = 0x6d656d6c; // "meml"
const userLock = 0x6d656d6b; // shared by all that use the cluster, taken whole by the one that stops it

/** Enters the users of a running cluster. Rejects when it is being stopped. */
export async function enter(url: string): Promise<Client> {
  const client = new Client({ connectionString: url, keepAlive: true, application_name: "memlane user" });
  client.on("error", () => {}); // "end" follows, and is what counts
  await client.connect();
  await client.query("select pg_advisory_lock_shared($1)", [userLock]);
  return client;
}

/** Makes a user the owner; false when another one is. */
export async function takeOwnership(client: Client): Promise<boolean> {
  const untilMs = Date.now() + 5000; // a killed owner's connection is closed by the kernel within moments
  while (!(await tryLock(client, ownerLock))) {
    if (Date.now() > untilMs) return false;
    await sleep(100);
  }
  return true;
}

/** Leaves the users. True for the last one: nobody can enter any more, and the cluster is to be stopped. */
export async function leave(client: Client): Promise<boolean> {
  try {
    await client.query("select pg_advisory_unlock_shared($1)", [userLock]);
    if (await tryLock(client, userLock)) return true;
    await client.end();
    return false;
  } catch {
    return true; // its server is gone
  }
}

async function tryLock(client: Client, lock: number): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>("select pg_try_advisory_lock($1) as taken", [lock]);
  return rows[0]?.taken === true;
}
