// The embedded database with several processes, and after some were killed.
import { execFileSync, spawnSync } from "node:child_process";
import { appendFile, chmod, mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startTestServer } from "@memlane/server/testing";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { messageOf } from "../src/base/message-of.ts";
import { openCluster } from "../src/embedded/cluster.ts";
import { openEmbeddedPostgres, type EmbeddedPostgres } from "../src/embedded/embedded-postgres.ts";
import { findServer, isPostgres, pidFileOf } from "../src/embedded/pid-file.ts";
import { createLogger } from "../src/logging/logger.ts";
import { openDatabase } from "../src/open-database.ts";
import { insertOrg, listOrgs } from "../src/store/orgs.ts";

const log = createLogger("silent");
let scratch: string;
let directory: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), "memlane-embedded-"));
  directory = join(scratch, `it's "mine" for $HOME, \`id\` & back\\slash 😀`);
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

const open = (as: "owner" | "visitor", folder = directory) =>
  openEmbeddedPostgres({ directory: folder, as, log });
const data = () => join(directory, "postgres");
const killServer = () => process.kill(findServer(data())!.pid, "SIGKILL");

async function use({ url }: EmbeddedPostgres): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query("select 1");
  await client.end();
}

describe("several processes on one folder, whatever its name", () => {
  // In the first round there is no database yet.
  test.each([1, 2, 3, 4, 5])("create one database, and each can use it until it closes: %i", async () => {
    const visit = async (uses: number) => {
      const visitor = await open("visitor");
      for (let used = 0; used < uses; used += 1) await use(visitor);
      await visitor.close();
    };
    await Promise.all([1, 5, 10].map(visit));
    expect(findServer(data())).toBeUndefined();
    expect(await readdir(directory)).toEqual(["postgres"]);
  });

  test("a visitor that outlives the owner stops the database", async () => {
    const [owner, visitor] = await Promise.all([open("owner"), open("visitor")]);
    await owner.close();
    await use(visitor);
    await visitor.close();
    expect(findServer(data())).toBeUndefined();
  });

  test("an owner can start while the last visitor closes", async () => {
    const visitor = await open("visitor");
    const [owner] = await Promise.all([open("owner"), visitor.close()]);
    await use(owner);
    await owner.close();
    expect(findServer(data())).toBeUndefined();
  });
});

describe("a killed database", () => {
  test.each([0, 100, 250])("leaves no process when its owner closes %i ms later", async (delayMs) => {
    const owner = await open("owner");
    killServer();
    await sleep(delayMs);
    await owner.close();
    expect(findServer(data())).toBeUndefined();
  });

  test("keeps its port, whichever process starts it again", async () => {
    const killed = await open("visitor"); // a visitor does not restart it
    killServer();
    await expect.poll(() => findServer(data())).toBeUndefined();
    const other = await open("visitor");
    expect(other.url).toBe(killed.url);
    await Promise.all([killed.close(), other.close()]);
  });

  test("starts at once, even if another process has its process id by now", async () => {
    const [line, port] = [`${data()}\n1700000000`, 39_999];
    await writeFile(pidFileOf(data()), `${process.pid}\n${line}\n${port}\n\n127.0.0.1\n1 1\nready\n`);
    const startedMs = performance.now();
    const owner = await open("owner");
    expect(performance.now() - startedMs).toBeLessThan(5000);
    await owner.close();
  });

  test.runIf(process.getuid?.() === 0)(
    "runs under the account that owns its folder, even if root starts it",
    async () => {
      execFileSync("chown", ["-R", "12345:12345", data()]);
      const owner = await open("owner");
      await use(owner);
      await owner.close();
    },
  );
});

test.each([0o2770, 0o770, 0o755])(
  "a folder whose rights a volume has widened gets its rights back: mode %i",
  async (mode) => {
    await chmod(data(), mode);
    await (await open("visitor")).close();
    expect((await stat(data())).mode & 0o7777).toBe(0o700);
  },
);

test("an empty pid file, as a power failure leaves it, does not prevent a start", async () => {
  await writeFile(pidFileOf(data()), "");
  await (await open("visitor")).close();
});

test("a folder of another PostgreSQL is left as it is, and the error names both versions and how to move", async () => {
  const folder = join(scratch, "older");
  await (await open("visitor", folder)).close();
  await writeFile(join(folder, "postgres", "PG_VERSION"), "16\n");
  await expect(open("owner", folder)).rejects.toThrow(
    /is of PostgreSQL 16, and Memlane [\d.]+ has PostgreSQL \d+\. Export it .*memlane-server export/,
  );
  expect(findServer(join(folder, "postgres"))).toBeUndefined();
});

test("a PostgreSQL that does not start is an error with what its log says about this start", async () => {
  const folder = join(scratch, "settings");
  await (await open("visitor", folder)).close();
  const files = join(folder, "postgres");
  await appendFile(join(files, "server.log"), "FATAL:  an older fault\n");
  await appendFile(join(files, "postgresql.conf"), "no_setting = on\n");
  const refusal = messageOf(await open("visitor", folder).catch((error: unknown) => error));
  expect(refusal).toMatch(
    /^PostgreSQL did not start in .*; its log is .*server\.log\n {2}FATAL: .*contains errors$/,
  );
});

test("a server that cannot start leaves no PostgreSQL", async () => {
  const dataDirectory = join(scratch, "no start");
  const { promise, resolve } = Promise.withResolvers<void>();
  const taken = createServer().listen(0, "127.0.0.1", resolve);
  await promise;
  const { port } = taken.address() as AddressInfo;
  const environment = { MEMLANE_METRICS_PORT: String(port) };
  await expect(startTestServer({ dataDirectory, environment })).rejects.toThrow("EADDRINUSE");
  expect(findServer(join(dataDirectory, "postgres"))).toBeUndefined();
  taken.close();
}, 60_000);

test("the PostgreSQL of tests ends with their process, even if that is killed", async () => {
  const program = `import { readFileSync } from "node:fs";
    import { startTestPostgres } from "@memlane/server/testing";
    const { directory } = await startTestPostgres();
    const [pid] = readFileSync(directory + "/postgres/postmaster.pid", "utf8").split("\\n");
    console.log(JSON.stringify({ directory, pid: Number(pid) }));
    process.kill(process.pid, "SIGKILL");`;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
    encoding: "utf8",
  });
  const { directory: folder, pid } = JSON.parse(stdout);
  await expect.poll(() => isPostgres(pid)).toBe(false);
  await expect.poll(() => stat(folder).catch(() => "gone")).toBe("gone");
});

test("a database that does not stop in time is stopped as in a crash", async () => {
  const cluster = await openCluster(join(scratch, "hangs"), 200);
  const client = new Client({ connectionString: await cluster.start() });
  client.on("error", () => {});
  await client.connect();
  const { rows } = await client.query<{ pid: number }>(
    "select pid from pg_stat_activity where backend_type = 'checkpointer'",
  );
  process.kill(rows[0]!.pid, "SIGSTOP"); // this process writes the memory to disk
  await cluster.stop();
  await expect(client.query("select 1")).rejects.toThrow();
}, 60_000);

test("incomplete folders of a killed process are removed", async () => {
  await mkdir(join(directory, "new-0123abcd", "postgres"), { recursive: true });
  await (await open("owner")).close();
  expect(await readdir(directory)).toEqual(["postgres"]);
});

test("a folder with something else stays unchanged, and the error says what to do", async () => {
  const folder = join(scratch, "other");
  await mkdir(join(folder, "postgres"), { recursive: true });
  await writeFile(join(folder, "postgres", "mine"), "");
  await expect(open("owner", folder)).rejects.toThrow(/not a database of Memlane.*--data/);
  expect(await readdir(join(folder, "postgres"))).toEqual(["mine"]);
});

describe("a folder that cannot have a database is refused in a sentence that says what to do:", () => {
  const isRefused = async (folder: string, reason: RegExp) => {
    const refusal = messageOf(await open("visitor", folder).catch((error: unknown) => error)).split("\n");
    expect(refusal).toEqual([
      `The embedded database cannot use the data folder ${folder}. Choose another with --data, ` +
        "or set DATABASE_URL to a PostgreSQL of your own.",
      expect.stringMatching(reason),
    ]);
  };

  test.each([
    ["a file", "file", /EEXIST/],
    ["in a file", "file/folder", /ENOTDIR/],
    ["a link to nothing", "link", /EEXIST/],
    ["a name that is too long", "x".repeat(300), /ENAMETOOLONG/],
  ])("%s", async (_kind, name, reason) => {
    const parent = await mkdtemp(join(scratch, "refused-"));
    await writeFile(join(parent, "file"), "");
    await symlink(join(parent, "nothing"), join(parent, "link"));
    await isRefused(join(parent, name), reason);
    expect(await readdir(parent)).toEqual(["file", "link"]);
  });

  // Not even the superuser can make a folder in these.
  const linux = test.skipIf(process.platform !== "linux");
  linux.each(["/proc", "/proc/folder", "/proc/folder/in/a/folder", "/sys/folder"])("%s", async (folder) => {
    await isRefused(folder, /E\w+: .*mkdir/);
  });

  linux("one on a full disk, in which nothing is left over", async () => {
    const folder = await mkdtemp(join(scratch, "full-"));
    // No file can become larger than this limit, so writing fails as on a full disk.
    const command = ["-c", 'ulimit -f 4000; exec "$0" "$@"', process.execPath, "dist/cli.js"];
    const { stderr } = spawnSync("sh", [...command, "keys", "list", "--data", folder]);
    expect(String(stderr)).toMatch(/cannot use the data folder .*--data.*\n {2}initdb ended with 1: .+\n$/);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("the role of the server", () => {
  const openOwn = (dataDirectory: string) =>
    openDatabase({ databaseUrl: undefined, dataDirectory, as: "owner", log });

  test("creates its schema and is not a superuser: it cannot read files or grant rights", async () => {
    const database = await openOwn(join(scratch, "fresh"));
    expect(
      await database.query(
        "select rolsuper, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user",
      ),
    ).toEqual([{ rolsuper: false, rolcreaterole: false, rolcreatedb: false }]);
    for (const statement of [
      "select pg_read_file('postmaster.pid')",
      "copy (select 1) to program 'true'",
      "alter role current_user superuser",
      "set role memlane",
      "select rolpassword from pg_authid",
    ])
      await expect(database.query(statement)).rejects.toMatchObject({ code: "42501" });
    await database.close();
  });

  test("takes over the schema that an earlier version created as the superuser, and can change it", async () => {
    const folder = join(scratch, "earlier");
    const cluster = await openCluster(folder);
    const earlier = await openDatabase({
      databaseUrl: await cluster.start(),
      dataDirectory: "",
      as: "owner",
      log,
    });
    await insertOrg(earlier, "acme");
    await earlier.close();
    await cluster.stop();

    for (const orgId of ["bolt", "cobra"]) {
      const database = await openOwn(folder);
      await insertOrg(database, orgId);
      await database.query(`alter table memlane.org add column ${orgId} integer`);
      await database.query("create or replace view memlane.orgs as select id from memlane.org");
      await database.query("alter function memlane.pieces rename to parts");
      await database.query("alter function memlane.parts rename to pieces");
      await database.close();
    }
    const database = await openOwn(folder);
    expect((await listOrgs(database)).map(({ id }) => id)).toEqual(["acme", "bolt", "cobra"]);
    await database.close();
  });
});
