// Exports and imports between databases, and regular backups.
import { spawnSync } from "node:child_process";
import { createReadStream } from "node:fs";
import { copyFile, mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { gunzipSync, gzipSync } from "node:zlib";
import { startTestServer } from "@memlane/server/testing";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { messageOf } from "../src/base/message-of.ts";
import { listApplied, migrate } from "../src/database/migrate.ts";
import { connectPostgres } from "../src/database/postgres.ts";
import { readMigrations } from "../src/database/read-migrations.ts";
import { createLogger } from "../src/logging/logger.ts";
import { startBackups } from "../src/transfer/backups.ts";
import { importDatabase } from "../src/transfer/import-database.ts";
import { batch, ingest, send } from "./http.ts";
import { createTestDatabase } from "./test-database.ts";

const log = createLogger("silent");
let directory: string;
let sourceUrl: string;
let file: string;
let apiKey: string;
let unfinishedId: string;
let exported: ReturnType<typeof run>;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "memlane-transfer-"));
  file = join(directory, "all.memlane");
  sourceUrl = await createTestDatabase();
  const environment = { DATABASE_URL: sourceUrl, MEMLANE_WEBHOOK_ALLOW_PRIVATE: "true" };
  const worker = await startTestServer({ command: "worker", environment });
  const source = await startTestServer({ command: "api", environment });
  apiKey = source.apiKey;
  const conversation = (content: string) => ({
    messages: [{ role: "user", content }],
    user_id: "ann",
    conv_id: "c",
  });
  for (const content of ["I live in Paris.", "I moved to Łódź.\n\tIt is \\. 5 €"]) {
    await send(source, "POST /v1/memories?wait=true", ingest(source), conversation(content));
  }
  const memories = Array.from({ length: 50 }, (_, index) => ({ content: `item ${index}`, user_id: "ben" }));
  const { body } = await send(source, "POST /v1/batch", batch(source), { memories });
  await send(source, `GET /v1/jobs/${body.id}?wait=20`, ingest(source));
  await worker.stop();
  unfinishedId = (await send(source, "POST /v1/memories", ingest(source), conversation("I like tea."))).body
    .id;
  exported = run(["export", file], { DATABASE_URL: sourceUrl });
  await source.stop();
}, 90_000);
afterAll(() => rm(directory, { recursive: true, force: true }));

function run(command: readonly string[], environment: Readonly<Record<string, string>>, input?: Buffer) {
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, ...environment };
  return spawnSync(process.execPath, ["dist/cli.js", ...command], { env, input, maxBuffer: 1 << 28 });
}

/** Each table with its number of rows and a hash of them. */
async function describeTables(url: string): Promise<Readonly<Record<string, unknown>>> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows: tables } = await client.query<{ name: string }>(
    "select relname as name from pg_class where relnamespace = 'memlane'::regnamespace and relkind = 'r' order by 1",
  );
  const found: Record<string, unknown> = {};
  for (const { name } of tables) {
    const digest = "count(*)::integer as rows, md5(string_agg(t::text, ',' order by t::text)) as hash";
    const { rows } = await client.query(`select ${digest} from memlane.${name} as t`);
    if (name !== "migration") found[name] = rows[0];
  }
  await client.end();
  return found;
}

/** Leaves out the tables to which a running server writes its counts from time to time, perhaps after the export. */
function withoutCounts({ daily_usage, api_key, ...others }: Readonly<Record<string, unknown>>): object {
  expect([daily_usage, api_key]).not.toContain(undefined);
  return others;
}

test("an export from a running server is imported, and the new server finishes the copied job", async () => {
  expect([exported.status, String(exported.stderr)]).toEqual([
    0,
    expect.stringMatching(/^Exported \d+ rows\.\n$/),
  ]);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const before = withoutCounts(await describeTables(sourceUrl));
  expect(before).toMatchObject({ job: { rows: 4 }, message: { rows: 2 } });

  const targetUrl = await createTestDatabase({ isEmpty: true });
  const imported = run(["import", file], { DATABASE_URL: targetUrl });
  expect([imported.status, String(imported.stderr)]).toEqual([0, expect.stringMatching(/Imported \d+ rows/)]);
  expect(withoutCounts(await describeTables(targetUrl))).toEqual(before);

  const target = await startTestServer({ environment: { DATABASE_URL: targetUrl }, apiKey });
  const job = await send(target, `GET /v1/jobs/${unfinishedId}?wait=20`, ingest(target));
  expect(job.body.status).toBe("succeeded");
  const found = await send(target, "POST /v1/memories/search", batch(target), {
    query: "item 7",
    user_id: "ben",
  });
  expect(JSON.stringify(found.body)).toContain("item 7");
  expect(await target.stop()).toBe(0);

  const again = run(["import", file], { DATABASE_URL: targetUrl });
  expect([again.status, String(again.stderr)]).toEqual([
    1,
    "memlane-server: Nothing was imported.\n  This database already has organisations: import into an empty one.\n",
  ]);
}, 90_000);

test("an export through pipes has every row, in an embedded database and from there in another one", async () => {
  const folder = join(directory, "embedded");
  const { stdout } = run(["export", "-"], { DATABASE_URL: sourceUrl });
  expect(run(["import", "-", "--data", folder], {}, stdout).status).toBe(0);
  const targetUrl = await createTestDatabase();
  const back = run(["export", "-", "--data", folder], {});
  expect(run(["import", "-"], { DATABASE_URL: targetUrl }, back.stdout).status).toBe(0);
  expect(await describeTables(targetUrl)).toEqual(await describeTables(sourceUrl));
}, 90_000);

test("an export with an older schema is brought up to date", async () => {
  const migrations = await readMigrations();
  const oldUrl = await createTestDatabase({ isEmpty: true });
  const old = connectPostgres({ url: oldUrl, log });
  await migrate(old, migrations.slice(0, 10));
  await old.query("insert into memlane.org (id) values ('acme')");
  await old.query(
    `insert into memlane.memory (id, org_id, type, text) values (gen_random_uuid(), 'acme', 'fact', 'I live in Oslo.')`,
  );
  await old.close();
  const { stdout } = run(["export", "-"], { DATABASE_URL: oldUrl });
  const targetUrl = await createTestDatabase({ isEmpty: true });
  expect(run(["import", "-"], { DATABASE_URL: targetUrl }, stdout).status).toBe(0);
  const target = connectPostgres({ url: targetUrl, log });
  expect(await listApplied(target)).toEqual(migrations.map(({ file: name }) => name));
  expect(await target.query("select org_id, text from memlane.memory")).toEqual([
    { org_id: "acme", text: "I live in Oslo." },
  ]);
  await target.close();
}, 90_000);

test("an export needs Memlane's schema", async () => {
  const DATABASE_URL = await createTestDatabase({ isEmpty: true });
  expect(String(run(["export", "-"], { DATABASE_URL }).stderr)).toContain("there is nothing to export");
}, 30_000);

describe("a file is refused with what to do, and nothing is imported, if it is", () => {
  let targetUrl: string;
  let empty: object;
  beforeAll(async () => {
    targetUrl = await createTestDatabase();
    empty = await describeTables(targetUrl);
  });
  const refusalOf = (input: AsyncIterable<Uint8Array>) =>
    importDatabase(targetUrl, input, { prepareSchema: async () => {} }).then(() => "imported", messageOf);
  const changed = (from: string, to: string) => (bytes: Buffer) =>
    gzipSync(gunzipSync(bytes).toString().replace(from, to));

  test.each<readonly [kind: string, change: (bytes: Buffer) => Buffer, message: RegExp]>([
    ["empty", () => Buffer.alloc(0), /cut off or empty: copy it or make it again\.$/],
    ["cut off in its first bytes", (bytes) => bytes.subarray(0, 5), /cut off or empty: copy it/],
    ["cut off", (bytes) => bytes.subarray(0, -300), /cut off or empty: copy it/],
    ["without its last line", changed('{"end":true}\n', ""), /cut off or empty: copy it/],
    [
      "another text",
      () => Buffer.from("something else"),
      /not an export .*: make one with 'memlane-server export'/,
    ],
    [
      "another text that is compressed",
      () => gzipSync("something else\n"),
      /not an export .*: make one with/,
    ],
    ["not compressed", (bytes) => gunzipSync(bytes), /not an export .*: make one with/],
    ["compressed twice", (bytes) => gzipSync(bytes), /not an export .*: make one with/],
    ["of another format", changed("memlane-export-1", "memlane-export-9"), /not an export .*: make one with/],
    ["changed", changed("item 7", "item 8"), /a hash differs\. Copy it or make it again\.$/],
    [
      "with a row that a constraint forbids",
      changed("\tfact\t", "\tno type\t"),
      /its table memory cannot .*Copy it.*\n.*memory_type_check/,
    ],
    [
      "with a column that does not exist",
      changed('"columns":["id"', '"columns":["later"'),
      /its table \w+ cannot .*Copy it.*\n.*column "later"/,
    ],
  ])("%s", async (_kind, change, message) => {
    const input = Readable.from([change(await readFile(file))]);
    const [state, ...more] = (await refusalOf(input)).split("\n");
    expect(state).toBe("Nothing was imported.");
    expect(more.join("\n")).toMatch(message);
    expect(await describeTables(targetUrl)).toEqual(empty);
  });

  test("a folder, or absent", async () => {
    for (const [path, code] of [
      [directory, "EISDIR"],
      [join(directory, "absent"), "ENOENT"],
    ] as const)
      expect(await refusalOf(createReadStream(path))).toMatch(
        new RegExp(`^Nothing was imported\\.\n {2}The export cannot be read\\.\n {2}${code}`),
      );
  });

  test("of a newer Memlane", async () => {
    const newer = changed('"migrations":[', '"migrations":["9999-later.sql",')(await readFile(file));
    const { status, stderr } = run(["import", "-"], { DATABASE_URL: targetUrl }, newer);
    expect([status, String(stderr)]).toEqual([
      1,
      "memlane-server: Nothing was imported.\n  A newer Memlane made this export (9999-later.sql): upgrade this one.\n",
    ]);
    expect(await describeTables(targetUrl)).toEqual(empty);
  });
});

test("a backup is made when the newest is old enough, and old ones are deleted", async () => {
  const folder = join(directory, "backups");
  const everyMs = 3_600_000;
  let nowMs = Date.parse("2026-12-01T04:00:00Z");
  const names = async () => (await readdir(folder).catch((): string[] => [])).toSorted();
  const start = (now = () => nowMs) => startBackups({ url: sourceUrl, folder, everyMs, keep: 2, log, now });

  for (const expected of [
    ["memlane-2026-12-01T04-00-00Z.export"],
    ["memlane-2026-12-01T04-00-00Z.export", "memlane-2026-12-01T05-00-00Z.export"],
    ["memlane-2026-12-01T05-00-00Z.export", "memlane-2026-12-01T06-00-00Z.export"],
  ]) {
    const backups = start();
    await expect.poll(names).toEqual(expected);
    await backups.stop();
    let checks = 0;
    const early = start(() => {
      checks += 1;
      return nowMs + everyMs - 1;
    });
    // No backup is due for another millisecond, so it checks the time each millisecond.
    await expect.poll(() => checks).toBeGreaterThan(4);
    await early.stop();
    nowMs += everyMs;
  }
  const environment = { DATABASE_URL: sourceUrl, MEMLANE_BACKUP_FOLDER: join(directory, "of a server") };
  const server = await startTestServer({ command: "api", environment, apiKey });
  await expect.poll(() => readdir(environment.MEMLANE_BACKUP_FOLDER)).toHaveLength(1);
  expect(await server.stop()).toBe(0);
  await copyFile(join(folder, "memlane-2026-12-01T06-00-00Z.export"), file);
  const targetUrl = await createTestDatabase();
  expect(run(["import", file], { DATABASE_URL: targetUrl }).status).toBe(0);
  expect(await describeTables(targetUrl)).toEqual(await describeTables(sourceUrl));
}, 90_000);
