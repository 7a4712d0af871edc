// Records the users of a cluster, as advisory locks in it. A lock is released when its process ends,
// even after a crash.
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";

const ownerLock = 0x6d656d6c; // "meml" in ASCII
const userLock = 0x6d656d6b; // shared by all users of the cluster; the user that stops the cluster takes it exclusively

/** Registers a user of a running cluster. Rejects if the cluster is being stopped. */
export async function enter(url: string): Promise<Client> {
  const client = new Client({ connectionString: url, keepAlive: true, application_name: "memlane user" });
  client.on("error", () => {}); // "end" follows and is handled
  await client.connect();
  await client.query("select pg_advisory_lock_shared($1)", [userLock]);
  return client;
}

/** Makes a user the owner. False if another user is the owner. */
export async function takeOwnership(client: Client): Promise<boolean> {
  const untilMs = Date.now() + 5000; // the kernel closes the connection of a killed owner within moments
  while (!(await tryLock(client, ownerLock))) {
    if (Date.now() > untilMs) return false;
    await sleep(100);
  }
  return true;
}

/** Unregisters a user. True for the last user: new users are refused, and the caller must stop the cluster. */
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
