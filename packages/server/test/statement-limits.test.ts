// The limits of an SQL statement: its time, its caller, its connection, and the share of its
// organisation.
import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { MemlaneError } from "@memlane/core";
import fc from "fast-check";
import { afterEach, beforeAll, expect, test } from "vitest";
import type { Database } from "../src/database/database.ts";
import { createOrgShares } from "../src/database/org-shares.ts";
import { connectPostgres, type PostgresOptions } from "../src/database/postgres.ts";
import { createLogger } from "../src/logging/logger.ts";
import { ingest, send } from "./http.ts";
import { createTestDatabase, startServerOnTestDatabase } from "./test-database.ts";

const log = createLogger("silent");
const closing: (() => unknown)[] = [];
let url: string;
beforeAll(async () => {
  url = await createTestDatabase();
});
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

const open = (options: Partial<PostgresOptions> = {}): Database => {
  const database = connectPostgres({ url, log, ...options });
  closing.push(() => database.close());
  return database;
};
const runningSleeps = async (database: Database) => {
  const rows = await database.query<{ running: number }>(
    "select count(*)::integer as running from pg_stat_activity where datname = current_database() and state = 'active' and query like '%pg_sleep%' and pid <> pg_backend_pid()",
  );
  return rows[0]!.running;
};

test("PostgreSQL ends an SQL statement that takes too long, also in a transaction", async () => {
  const database = open({ statementMs: 100 });
  await expect(database.query("select pg_sleep(60)")).rejects.toMatchObject({ code: "57014" });
  await expect(database.transaction((sql) => sql.query("select pg_sleep(60)"))).rejects.toMatchObject({
    code: "57014",
  });
  const patient = database.transaction((sql) => sql.query("select pg_sleep(0.3)"), { statementMs: 60_000 });
  expect(await patient).toHaveLength(1);
  await expect(database.query("select pg_sleep(60)")).rejects.toMatchObject({ code: "57014" });
});

test("an SQL statement waits for a lock for a limited time", async () => {
  const database = open({ statementMs: 200 });
  await database.transaction(async (sql) => {
    await sql.query("select pg_advisory_xact_lock(1)");
    await expect(
      database.transaction((other) => other.query("select pg_advisory_xact_lock(1)")),
    ).rejects.toThrow();
  });
});

test("an SQL statement ends when its caller hangs up, and its connection is used again", async () => {
  const database = open({ connections: 1 });
  const backendOf = async () => {
    const [row] = await database.query<{ pid: number }>("select pg_backend_pid() as pid");
    return row!.pid;
  };
  const watcher = open();
  const backend = await backendOf();
  const caller = new AbortController();
  const statement = database.query("select pg_sleep(60)", [], { signal: caller.signal });
  const refusal = expect(statement).rejects.toMatchObject({ code: "57014" });
  await expect.poll(() => runningSleeps(watcher)).toBe(1);
  caller.abort();
  await refusal;
  await expect.poll(() => runningSleeps(watcher)).toBe(0);
  await expect(database.query("select 1", [], { signal: caller.signal })).rejects.toThrow();
  expect(await backendOf()).toBe(backend);
});

test("an abort at any moment ends only its own SQL statement", async () => {
  const database = open({ connections: 2 });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 6 }), async (delaysMs) => {
      const ends = delaysMs.map((ms) =>
        database.query("select pg_sleep(0.002)", [], { signal: AbortSignal.timeout(ms) }).catch(() => {}),
      );
      const others = Array.from({ length: 4 }, () => database.query("select pg_sleep(0.002)"));
      expect(await Promise.all(others)).toHaveLength(4);
      await Promise.all(ends);
    }),
    { numRuns: 20 },
  );
});

/** Forwards the bytes of both sides until `fallSilent` is called. */
async function startProxy() {
  const { hostname, port } = new URL(url);
  const sockets = new Set<Socket>();
  const opening: Buffer[] = []; // the first bytes of each client
  let isSilent = false;
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    client.once("data", (said) => opening.push(said));
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.on("data", (said) => isSilent || to.write(said));
      from.on("error", () => {}).on("close", () => to.destroy());
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  closing.push(() => {
    server.close();
    sockets.forEach((socket) => socket.destroy());
  });
  const own = new URL(url);
  own.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url: own.href, opening, fallSilent: (silent: boolean) => (isSilent = silent) };
}

test("a connection that does not answer any more is closed, and later SQL statements succeed", async () => {
  const proxy = await startProxy();
  const database = open({ url: proxy.url, statementMs: 50, connections: 2 });
  await database.query("select 1");
  proxy.fallSilent(true);
  const startedMs = performance.now();
  await expect(database.query("select 1")).rejects.toThrow("timeout");
  const silent = database.transaction((sql) => sql.query("select 1"));
  proxy.fallSilent(false);
  await silent.catch(() => {});
  expect(performance.now() - startedMs).toBeLessThan(10_000);
  expect(await database.query("select 1 as one")).toEqual([{ one: 1 }]);
}, 20_000);

test("no parameters are sent at the start of a connection, because some poolers refuse them", async () => {
  const proxy = await startProxy();
  await open({ url: proxy.url }).query("select 1");
  expect(proxy.opening[0]!.toString()).toContain("application_name");
  expect(proxy.opening[0]!.toString()).not.toContain("timeout");
});

test("slow SQL statements of one organisation delay neither other organisations nor the server itself", async () => {
  const database = open();
  const databaseOf = createOrgShares(database);
  const caller = new AbortController();
  const slow = Array.from({ length: 40 }, () =>
    databaseOf("evil", caller.signal)
      .query("select pg_sleep(60)")
      .catch((error: unknown) => error),
  );
  await expect.poll(() => runningSleeps(database)).toBe(3);
  expect(await databaseOf("good").query("select 1 as one")).toEqual([{ one: 1 }]);
  expect(await databaseOf("good").transaction((sql) => sql.query("select 1 as one"))).toEqual([{ one: 1 }]);
  expect(await runningSleeps(database)).toBe(3);
  caller.abort();
  const ends = await Promise.all(slow);
  expect(ends.filter(MemlaneError.is)).toHaveLength(40);
  await expect.poll(() => runningSleeps(database)).toBe(0);
  expect(await databaseOf("evil").query("select 1 as one")).toEqual([{ one: 1 }]);
});

test("blocked lists delay no other organisation, and end when their callers hang up", async () => {
  const server = await startServerOnTestDatabase({
    command: "api", // a worker would wait for the lock, too
    environment: { MEMLANE_BOOTSTRAP_KEYS: "org_test:key-of-the-tests,other:key-of-another-org" },
    apiKey: "key-of-the-tests",
  });
  closing.push(() => server.stop());
  const waitingForLocks = async () => {
    const rows = await server.database.query(
      "select from pg_locks join pg_database on database = pg_database.oid where datname = current_database() and not granted",
    );
    return rows.length;
  };
  await server.database.transaction(async (sql) => {
    await sql.query("lock table memlane.memory");
    const callers = new AbortController();
    const { signal } = callers;
    const lists = Array.from({ length: 20 }, () =>
      fetch(`${server.url}/v1/memories`, { headers: ingest(server), signal }).catch(
        (error: Error) => error.name,
      ),
    );
    await expect.poll(waitingForLocks).toBe(3);
    const other = { url: server.url, orgId: "other", apiKey: "key-of-another-org" };
    expect((await send(other, "GET /v1/webhooks", ingest(other))).status).toBe(404);
    expect(await waitingForLocks()).toBe(3);
    callers.abort();
    expect(new Set(await Promise.all(lists))).toEqual(new Set(["AbortError"]));
    await expect.poll(waitingForLocks).toBe(0);
  });
  expect((await send(server, "GET /v1/memories", ingest(server))).status).toBe(200);
}, 20_000);

test("a request that waits too long, or whose line is too long, gets Retry-After", async () => {
  const databaseOf = createOrgShares(open(), { ofOrg: 1, mostWaiting: 1, waitMs: 50 });
  const caller = new AbortController();
  const ask = () => databaseOf("evil", caller.signal).query("select pg_sleep(60)");
  const [running, waiting, refused] = [ask(), ask(), ask()].map((asked) =>
    asked.catch((error: unknown) => error),
  );
  const unavailable = { code: "unavailable", retryAfterMs: 1000 };
  expect(await refused).toMatchObject(unavailable);
  expect(await waiting).toMatchObject(unavailable);
  caller.abort();
  expect(await running).toMatchObject({ code: "unavailable" });
});

test("organisations are served in turn, and never run more at a time than allowed", async () => {
  const orgIdsAsking = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 40 });
  const most = fc.integer({ min: 1, max: 4 });
  await fc.assert(
    fc.asyncProperty(orgIdsAsking, most, most, async (orgIds, ofAll, ofOrg) => {
      const running: string[] = [];
      const begun: string[] = [];
      const database: Database = {
        query: () => Promise.resolve([]),
        transaction: (work) => work(database),
        listen: () => Promise.resolve(() => {}),
        close: () => Promise.resolve(),
      };
      const databaseOf = createOrgShares(database, { ofAll, ofOrg });
      const work = async (orgId: string) => {
        running.push(orgId);
        begun.push(orgId);
        expect(running.length).toBeLessThanOrEqual(ofAll);
        expect(running.filter((other) => other === orgId).length).toBeLessThanOrEqual(ofOrg);
        await Promise.resolve();
        running.splice(running.indexOf(orgId), 1);
      };
      await Promise.all(orgIds.map((orgId) => databaseOf(orgId).transaction(() => work(orgId))));
      expect(begun.toSorted()).toEqual(orgIds.toSorted());
      // When every other organisation has had a full turn, each has started.
      const asking = new Set(orgIds);
      for (const orgId of asking) expect(begun.indexOf(orgId)).toBeLessThan(ofAll + asking.size * ofOrg);
    }),
    { numRuns: 100 },
  );
});
