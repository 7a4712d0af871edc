// Kills PostgreSQL, as a whole or one of its processes.
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { findServer, isPostgres } from "../src/embedded/pid-file.ts";

const patienceMs = 60_000; // for a server that is restarting

/** Kills the server of the cluster in a folder with all its back ends, as soon as it runs. */
export async function killPostmaster(directory: string): Promise<void> {
  await untilDone(async () => {
    const server = findServer(join(directory, "postgres"));
    if (server === undefined) throw new Error("there is no server");
    process.kill(server.pid, "SIGKILL");
  });
}

/** Kills one process of a server. The server then restarts all the others. */
export async function killBackEnd(findUrl: () => Promise<string>, choice: number): Promise<void> {
  await untilDone(async () => {
    const client = new Client({ connectionString: await findUrl(), connectionTimeoutMillis: 2000 });
    client.on("error", () => {}); // it may be killed itself
    try {
      await client.connect();
      const { rows } = await client.query<{ pid: number }>(
        "select pid from pg_stat_activity where pid <> pg_backend_pid() order by backend_type, pid",
      );
      const pid = rows[choice % rows.length]!.pid;
      if (!isPostgres(pid)) throw new Error("it has ended");
      process.kill(pid, "SIGKILL");
    } finally {
      await client.end().catch(() => {});
    }
  });
}

async function untilDone(work: () => Promise<void>): Promise<void> {
  const untilMs = performance.now() + patienceMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (performance.now() > untilMs) throw error;
      await sleep(50);
    }
  }
}
