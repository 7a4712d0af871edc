// A primary and its standby, with synchronous replication. PostgreSQL's own programs suffice for it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { openCluster, type Cluster } from "../src/embedded/cluster.ts";
import { findServer, isPostgres } from "../src/embedded/pid-file.ts";

const patienceMs = 60_000;

/** Two servers, one of which is the primary. */
export interface ReplicatedPostgres {
  /** The `DATABASE_URL` with both servers. */
  readonly url: string;
  /** The URL of the present primary. */
  readonly primaryUrl: () => string;
  /** Kills the primary and all its back ends. Its standby only reads. */
  readonly killPrimary: () => Promise<void>;
  /** Makes the standby the primary. It gets a new standby in the folder of the old primary. */
  readonly promote: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

interface Node {
  readonly directory: string;
  readonly cluster: Cluster;
  readonly url: string;
}

/** Starts a primary and a standby in folders of their own. */
export async function startReplicatedPostgres(directory: string): Promise<ReplicatedPostgres> {
  let primary = await startNode(join(directory, "one"));
  await copyNode(primary, join(directory, "two"));
  let standby = await startNode(join(directory, "two"));
  await waitForStandby(primary);
  const [first, second] = [new URL(primary.url), new URL(standby.url)];
  return {
    url: primary.url.replace(first.host, `${first.host},${second.host}`),
    primaryUrl: () => primary.url,
    async killPrimary() {
      const server = findServer(join(primary.directory, "postgres"));
      if (server === undefined) throw new Error("the primary does not run");
      process.kill(server.pid, "SIGKILL");
      while (isPostgres(server.pid)) await sleep(5);
    },
    async promote() {
      await onServer(standby.url, (client) => client.query("select pg_promote(true, 60)"));
      [primary, standby] = [standby, primary];
      await rm(standby.directory, { recursive: true });
      await copyNode(primary, standby.directory);
      await standby.cluster.start();
      await waitForStandby(primary);
    },
    async stop() {
      await standby.cluster.stop();
      await primary.cluster.stop();
    },
  };
}

async function startNode(directory: string): Promise<Node> {
  const cluster = await openCluster(directory);
  return { directory, cluster, url: await cluster.start() };
}

/** Makes a standby of a running server in a folder, which is not started yet. */
async function copyNode({ directory, url }: Node, target: string): Promise<void> {
  const data = join(target, "postgres");
  await mkdir(target, { recursive: true });
  await onServer(url, async (client) => {
    await client.query(
      "select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = 'standby'",
    );
    await client.query("select pg_create_physical_replication_slot('standby', true)");
    await client.query("select pg_backup_start('copy', true)");
    // It reports files that were removed meanwhile as an error. The standby does not need them.
    await once(spawn("cp", ["-a", join(directory, "postgres"), data], { stdio: "ignore" }), "close");
    const { rows } = await client.query<{ labelfile: string }>("select labelfile from pg_backup_stop(false)");
    await writeFile(join(data, "backup_label"), rows[0]!.labelfile);
  });
  await rm(join(data, "postmaster.pid"), { force: true });
  for (const folder of ["pg_wal", "pg_replslot"]) {
    for (const name of await readdir(join(data, folder))) {
      if (/^(?:[0-9A-F.]+(?:history|partial|backup)?|standby)$/.test(name)) {
        await rm(join(data, folder, name), { recursive: true });
      }
    }
  }
  await writeFile(join(data, "standby.signal"), "");
  const { hostname, port, username, password } = new URL(url);
  await appendFile(
    join(data, "postgresql.auto.conf"),
    `synchronous_standby_names = ''
primary_conninfo = 'host=${hostname} port=${port} user=${username} password=${password}'
primary_slot_name = 'standby'
`,
  );
}

/** Waits until a standby follows, and lets no commit be confirmed without it from then on. */
async function waitForStandby({ url }: Node): Promise<void> {
  await onServer(url, async (client) => {
    const untilMs = Date.now() + patienceMs;
    const follows = async () =>
      (await client.query("select from pg_stat_replication where state = 'streaming'")).rowCount === 1;
    while (!(await follows())) {
      if (Date.now() > untilMs) throw new Error("the standby does not follow");
      await sleep(20);
    }
    await client.query("alter system set synchronous_standby_names = '*'");
    await client.query("select pg_reload_conf()");
    const isSynchronous = async () =>
      (await client.query("select from pg_stat_replication where sync_state = 'sync'")).rowCount === 1;
    while (!(await isSynchronous())) {
      if (Date.now() > untilMs) throw new Error("the standby is not synchronous");
      await sleep(20);
    }
  });
}

async function onServer<Result>(url: string, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
