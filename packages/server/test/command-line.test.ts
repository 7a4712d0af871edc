import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startTestServer, type TestServer } from "@memlane/server/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findServer } from "../src/embedded/pid-file.ts";
import { settingTable } from "../src/settings/setting-table.ts";
import { batch, send } from "./http.ts";
import { createTestDatabase } from "./test-database.ts";

const cli = fileURLToPath(new URL("../dist/cli.js", import.meta.url));

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function run(args: readonly string[], env: Record<string, string> = {}): Promise<Run> {
  return new Promise((resolve) => {
    const options = { env: { PATH: process.env["PATH"], ...env } };
    execFile(process.execPath, [cli, ...args], options, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

let server: TestServer;
let dataDirectory: string;
beforeAll(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), "memlane-cli-"));
  server = await startTestServer({ dataDirectory });
}, 120_000);
afterAll(async () => {
  await server.stop();
  await rm(dataDirectory, { recursive: true, force: true });
});

describe("orgs limits", () => {
  const limits = (...options: string[]) =>
    run(["orgs", "limits", server.orgId, ...options, "--data", dataDirectory], {
      MEMLANE_AGENTS: "7",
    });

  test("shows each limit and where it is set, sets some, and removes them", async () => {
    const none = ["requests-per-minute", "writes-per-month", "unfinished-batches", "unfinished-jobs"];
    const byDefault = [
      ...none.map((name) => `${name}\tnone\tdefault`),
      "agents\t7\tMEMLANE_AGENTS",
      "groups\t100\tdefault",
    ];
    const linesOf = ({ stdout }: Run) => stdout.trim().split("\n").toSorted();
    expect(linesOf(await limits())).toEqual(byDefault.toSorted());

    const set = await limits("--agents", "none", "--unfinished-batches", "3");
    expect(linesOf(set)).toContain("agents\tnone\tset");
    expect(linesOf(set)).toContain("unfinished-batches\t3\tset");
    expect(linesOf(await limits("--agents", "default", "--unfinished-batches", "default"))).toEqual(
      byDefault.toSorted(),
    );
  });

  test("an unknown limit or organisation is a clear error", async () => {
    expect(await limits("--agents", "0")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("It must be a number from 1 to 2147483647, 'none' or 'default'."),
    });
    const unknown = await run(["orgs", "limits", "nobody", "--data", dataDirectory]);
    expect(unknown).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("nobody") });
  });
});

describe("orgs redaction", () => {
  const redaction = (...options: string[]) =>
    run(["orgs", "redaction", server.orgId, ...options, "--data", dataDirectory]);

  test("shows where secrets and personal data are redacted, and changes it", async () => {
    expect((await redaction()).stdout).toBe("secrets\tconversations\npersonal-data\tnowhere\n");
    const changed = await redaction("--secrets", "everywhere");
    expect(changed.stdout).toBe("secrets\teverywhere\npersonal-data\tnowhere\n");
    expect((await redaction("--secrets", "conversations")).stdout).toContain("secrets\tconversations\n");
  });

  test("an unknown scope or organisation is a clear error", async () => {
    expect(await redaction("--secrets", "sometimes")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("conversations, everywhere, nowhere"),
    });
    const unknown = await run(["orgs", "redaction", "nobody", "--data", dataDirectory]);
    expect(unknown).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("nobody") });
  });
});

describe("keys", () => {
  test("a key is created beside a running server, shown once, works at once, and stops when it is revoked", async () => {
    const made = await run(["keys", "create", "acme", "--name", "laptop", "--data", dataDirectory]);
    expect(made).toMatchObject({ code: 0, stdout: expect.stringMatching(/^mlk_[\w-]{32}\n$/) });
    const key = made.stdout.trim();
    const list = () => send(server, "GET /v1/memories", batch({ apiKey: key }));
    expect((await list()).status).toBe(200);

    const listed = await run(["keys", "list", "--data", dataDirectory]);
    expect(listed.stdout).not.toContain(key);
    const line = listed.stdout.split("\n").find((each) => each.includes("laptop"))!;
    expect(line).toMatch(
      /\tacme\tlaptop\t….{4}\tmemories:read,memories:write\tactive\t(?:never )?used[^\t]*\tall users$/,
    );

    const rotated = await run([
      "keys",
      "rotate",
      line.split("\t")[0]!,
      "--keep-old",
      "--data",
      dataDirectory,
    ]);
    const newKey = rotated.stdout.trim();
    const both = [key, newKey].map((apiKey) => send(server, "GET /v1/memories", batch({ apiKey })));
    expect((await Promise.all(both)).map(({ status }) => status)).toEqual([200, 200]);
    expect(rotated.stderr).toMatch(/replaces laptop of acme.*keys revoke .* ends the old one/);

    const [id] = line.split("\t");
    expect(await run(["keys", "revoke", id!, "--data", dataDirectory])).toMatchObject({ code: 0 });
    await expect.poll(async () => (await list()).body.code).toBe("invalid_key"); // by a notification
    expect((await run(["keys", "list", "--data", dataDirectory])).stdout).toMatch(/laptop.*revoked 2/);
    const again = await run(["keys", "rotate", id!, "--data", dataDirectory]);
    expect(again).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("revoked key") });
  });

  test("a key may be limited to one scope", async () => {
    const made = await run(["keys", "create", "acme", "--scopes", "memories:read", "--data", dataDirectory]);
    const answer = await send(server, "POST /v1/memories", batch({ apiKey: made.stdout.trim() }), {
      content: "x",
    });
    expect([answer.status, answer.body.code]).toEqual([403, "forbidden"]);
  });

  test.each([
    ["an unknown scope", ["keys", "create", "acme", "--scopes", "all"], /no scope 'all'.*memories:read/],
    ["an unknown key", ["keys", "revoke", "nope"], /no key nope.*keys list/],
    ["an organisation without a name", ["keys", "create", ""], /ASCII/],
    [
      "an organisation whose name does not fit into a header",
      ["orgs", "create", "two words"],
      /two words.*X-Org-Id.*ASCII/,
    ],
    ["an unknown command", ["fly"], /unknown command 'fly'\n\(--help shows how\)/],
    ["an invalid port", ["serve", "--port", "70000"], /0 to 65535/],
  ])("%s is refused with an instruction", async (_, args, message) => {
    const refused = await run([...args, ...(args.length > 1 ? ["--data", dataDirectory] : [])]);
    expect(refused).toMatchObject({ code: 1, stdout: "", stderr: expect.stringMatching(message) });
  });

  test("work without a server, report if they created the database, and leave no process", async () => {
    const folder = await mkdtemp(join(tmpdir(), "memlane-cli-"));
    const made = await run(["keys", "create", "acme", "--data", folder]);
    expect(made.stderr).toContain(`There was no database in ${folder}. Created one.\n`);
    expect((await run(["keys", "list", "--data", folder])).stderr).toBe("");
    const stolen = { MEMLANE_BOOTSTRAP_KEYS: `other:${made.stdout.trim()}` };
    const refused = await run(["serve", "--port", "0", "--data", folder], stolen);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain(
      `…${made.stdout.trim().slice(-4)} belongs to another organisation than other`,
    );
    const orgs = await run(["orgs", "list", "--data", folder]);
    expect(orgs.stdout).toMatch(/^acme\t2/);
    const later = await startTestServer({ dataDirectory: folder });
    expect((await send(later, "GET /v1/memories", batch({ apiKey: made.stdout.trim() }))).status).toBe(200);
    expect(await later.stop()).toBe(0);
    await rm(folder, { recursive: true });
  }, 120_000);
});

test("a bootstrap key that was revoked stays revoked, and the next start continues with a warning", async () => {
  const environment = { DATABASE_URL: await createTestDatabase() };
  const keys = { environment, orgId: "acme", apiKey: "a-bootstrap-key-of-acme" };
  const first = await startTestServer(keys);
  const listed = await run(["keys", "list"], environment);
  await run(["keys", "revoke", listed.stdout.split("\t")[0]!], environment);
  await first.stop();

  const second = await startTestServer(keys);
  expect((await send(second, "GET /v1/memories", batch(second))).status).toBe(401);
  const [warning, ...others] = second.logs.filter((line) => line.includes("revoked"));
  expect(JSON.parse(warning!)).toMatchObject({ level: 40, orgId: "acme", key: "…acme" });
  expect(others).toEqual([]);
  expect(second.logs.join("\n")).not.toContain(keys.apiKey);
  await second.stop();

  const third = await startTestServer({ ...keys, apiKey: "a-second-key-of-acme" });
  await third.stop();
  const fourth = await startTestServer({ ...keys, apiKey: "a-third-key-of-acme" });
  const [old] = fourth.logs.filter((line) => line.includes("no longer in MEMLANE_BOOTSTRAP_KEYS"));
  expect(JSON.parse(old!)).toMatchObject({ level: 40, orgId: "acme", key: "…acme" });
  await fourth.stop();
});

test("an interrupted command stops the database that it started", async () => {
  const folder = await mkdtemp(join(tmpdir(), "memlane-cli-"));
  const child = spawn(process.execPath, [cli, "orgs", "list", "--data", folder], { stdio: "ignore" });
  const ended = once(child, "exit");
  const database = () => findServer(join(folder, "postgres"));
  await expect.poll(database, { timeout: 20_000, interval: 5 }).toBeDefined();
  child.kill("SIGINT");
  await ended;
  expect(database()).toBeUndefined();
  await rm(folder, { recursive: true });
}, 120_000);

test("an error names the invalid environment variable, which does not prevent --help", async () => {
  const refused = await run(["serve"], { MEMLANE_PORT: "http" });
  expect(refused).toMatchObject({ code: 1, stdout: "" });
  expect(refused.stderr).toContain("MEMLANE_PORT is 'http'. It must be a port from 0 to 65535.");
  expect(await run(["serve", "--help"], { MEMLANE_PORT: "http" })).toMatchObject({ code: 0, stderr: "" });
});

test.runIf(process.platform === "linux")(
  "a server restarts itself, in the same process, with the settings of Node.js and malloc that it needs",
  async () => {
    const environment = { DATABASE_URL: await createTestDatabase(), MEMLANE_PROT: "1" };
    const misspelled = await startTestServer({ environment });
    const commandLine = await readFile(`/proc/${misspelled.pid}/cmdline`, "utf8");
    expect(commandLine.split("\0").slice(1, 4)).toEqual(["--no-memory-protection-keys", cli, "serve"]);
    expect(await readFile(`/proc/${misspelled.pid}/environ`, "utf8")).toContain(
      "MALLOC_MMAP_THRESHOLD_=131072",
    );
    expect(misspelled.logs.join("\n")).toContain("Did you mean MEMLANE_PORT?");
    expect(await misspelled.stop()).toBe(0);
  },
);

test.each(["api", "worker"])(
  "%s without a shared database is refused with an instruction",
  async (command) => {
    const refused = await run([command]);
    expect(refused).toMatchObject({
      code: 1,
      stdout: "",
      stderr: expect.stringMatching(/DATABASE_URL.*'serve'/s),
    });
  },
);

test("a folder that cannot be created is an error without a stack that says what to do", async () => {
  const file = join(dataDirectory, "file");
  await writeFile(file, "");
  const { code, stderr } = await run(["serve", "--data", join(file, "folder")]);
  expect(code).toBe(1);
  expect(stderr).toMatch(/cannot use the data folder .*--data.*DATABASE_URL.*\n {2}ENOTDIR.*\n$/);
});

test("an address of another machine is an error without a stack that says what to do", async () => {
  const refused = await run(["serve", "--host", "192.0.2.1"], { DATABASE_URL: await createTestDatabase() });
  expect(refused).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/192\.0\.2\.1 is not an address .*--host.*\n.*EADDRNOTAVAIL/),
  });
});

test("a port in use is an error without a stack", async () => {
  const { port } = new URL(server.url);
  const refused = await run(["serve", "--port", port], { DATABASE_URL: await createTestDatabase() });
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringMatching(/Port \d+ .* is in use.*--port/) });
  expect(refused.stderr).not.toContain("    at ");
});

test("--help explains each setting and gives examples", async () => {
  const { stdout } = await run(["--help"]);
  for (const name of Object.keys(settingTable)) expect(stdout).toContain(`  ${name} `);
  expect(stdout).toContain("$ memlane-server serve");
});
