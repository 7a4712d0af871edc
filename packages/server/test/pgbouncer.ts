// PgBouncer, if this machine has it.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { findFreePort } from "../src/embedded/free-port.ts";

/** A running PgBouncer. */
export interface PgBouncer {
  /** The URL of the same database through it. */
  readonly url: string;
  /** Kills it. */
  readonly stop: () => Promise<void>;
}

export interface PgBouncerOptions {
  /** The PostgreSQL behind it. */
  readonly databaseUrl: string;
  readonly mode: "session" | "transaction" | "statement";
  /** Connections to PostgreSQL. @default 20 */
  readonly connections?: number | undefined;
  /** The port to listen on. @default any free one */
  readonly port?: number | undefined;
}

/** The version of PgBouncer; undefined if this machine has none. */
export function findPgBouncer(): string | undefined {
  return /PgBouncer ([\d.]+)/.exec(
    spawnSync("pgbouncer", ["--version"], { encoding: "utf8" }).stdout ?? "",
  )?.[1];
}

/** Starts PgBouncer with its default configuration and this mode. */
export async function startPgBouncer(options: PgBouncerOptions): Promise<PgBouncer> {
  const { databaseUrl, mode, connections = 20, port = await findFreePort() } = options;
  const target = new URL(databaseUrl);
  const directory = await mkdtemp(join(tmpdir(), "memlane-pgbouncer-"));
  await chmod(directory, 0o755);
  const users = join(directory, "users.txt");
  const configuration = join(directory, "pgbouncer.ini");
  await writeFile(users, `"${target.username}" "${target.password}"\n`, { mode: 0o644 });
  await writeFile(
    configuration,
    `[databases]
* = host=${target.hostname} port=${target.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = plain
auth_file = ${users}
pool_mode = ${mode}
default_pool_size = ${connections}
max_client_conn = 500
server_login_retry = 1
`,
    { mode: 0o644 },
  );
  // PgBouncer refuses to run as root.
  const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  const child = spawn("pgbouncer", [configuration], { stdio: "ignore", cwd: directory, ...nobody });
  const ended = once(child, "close");
  while (!(await accepts(port))) {
    if (child.exitCode !== null) throw new Error("PgBouncer does not start");
    await sleep(20);
  }
  return {
    url: Object.assign(new URL(databaseUrl), { port: String(port) }).href,
    async stop() {
      child.kill("SIGKILL");
      await ended;
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
