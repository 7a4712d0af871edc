// Secrets and personal data on a complete server: redacted before anything is stored.
import { learnedOf } from "@memlane/core/internal";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "../src/database/database.ts";
import { createKey } from "../src/keys/create-key.ts";
import { scopes } from "../src/store/api-keys.ts";
import { saveRedactionSettings, type RedactionSettings } from "../src/store/redaction-settings.ts";
import { batch, ingest, send } from "./http.ts";
import { startServerOnTestDatabase, type ServerOnTestDatabase } from "./test-database.ts";

let server: ServerOnTestDatabase;
let database: Database;
let metricsUrl: string;
beforeAll(async () => {
  server = await startServerOnTestDatabase({
    environment: { MEMLANE_METRICS_PORT: "0", MEMLANE_LOG_LEVEL: "trace" },
  });
  ({ database } = server);
  // A request is dropped when its job ends, so this trigger keeps a copy of each.
  await database.query("create table public.stored_request (org_id text, request text)");
  await database.query(
    `create function public.keep_request() returns trigger language plpgsql as
     'begin insert into public.stored_request values (new.org_id, new.request::text); return null; end'`,
  );
  await database.query(
    "create trigger keep_request after insert on memlane.job for each row execute function public.keep_request()",
  );
  metricsUrl = String(JSON.parse(server.logs.find((line) => line.includes('"listening"'))!).metrics);
}, 30_000);
afterAll(() => server?.stop());

let orgs = 0;

/** A new organisation with these settings, and its headers. */
async function makeOrg(settings: Partial<RedactionSettings> = {}) {
  const orgId = `org_${(orgs += 1)}`;
  const { key: apiKey } = await createKey(database, orgId, "test", scopes);
  await saveRedactionSettings(database, orgId, settings);
  return { orgId, batch: batch({ apiKey }), ingest: ingest({ apiKey, orgId }) };
}

// Composed, so that no secret scanner reports it.
const token = ["gh", "p_0a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6q7r"].join("");
const card = "4111 1111 1111 1111";
const address = "ada@example.com";
const said = `My token is ${token} and my card is ${card}. I live in Oslo. Write to ${address}.`;
const conversationOf = (content: string) => ({
  messages: [{ role: "user", content }],
  user_id: "ann",
  conv_id: "c",
});

/** Everything that the database stores or has stored, as text. */
async function dump(): Promise<string> {
  const tables = await database.query<{ name: string }>(
    "select schemaname || '.' || tablename as name from pg_tables where schemaname in ('memlane', 'public')",
  );
  const rows = await Promise.all(
    tables.map(({ name }) => database.query<{ text: string }>(`select each::text as text from ${name} each`)),
  );
  return rows
    .flat()
    .map(({ text }) => text)
    .join("\n");
}

const requestOf = async (orgId: string) => {
  const [row] = await database.query<{ request: string }>(
    "select request from public.stored_request where org_id = $1",
    [orgId],
  );
  return row!.request;
};

describe("a conversation", () => {
  test("is stored without its secrets, and its result counts them by kind", async () => {
    const org = await makeOrg();
    const { body } = await send(server, "POST /v1/memories?wait=true", org.ingest, conversationOf(said));
    expect(body.status).toBe("succeeded");
    expect(body.result.redactions).toEqual({ github_token: 1, card_number: 1 });
    const request = await requestOf(org.orgId);
    expect(request).toContain("My token is [redacted: github_token] and my card is [redacted: card_number].");
    expect(request).toContain(address); // personal data is kept by default

    const stored = await dump();
    expect(stored).toContain("[redacted: github_token]");
    for (const secret of [token, card]) {
      expect(stored).not.toContain(secret);
      expect(server.logs.join("\n")).not.toContain(secret);
    }
  });

  test("without secrets has no redactions, whatever the client sends under that name", async () => {
    const org = await makeOrg();
    const sent = { ...conversationOf("I live in Oslo."), redactions: { github_token: 9 } };
    const { body } = await send(server, "POST /v1/memories?wait=true", org.ingest, sent);
    expect(body.result.redactions).toBeUndefined();
    expect(learnedOf(body.result.memories_created)).toHaveLength(1);
  });

  test("sent again with its key is recognised, and the fingerprint does not depend on the secret", async () => {
    const org = await makeOrg();
    const keyed = { ...org.ingest, "idempotency-key": "mine" };
    const first = await send(server, "POST /v1/memories", keyed, conversationOf(said));
    const again = await send(server, "POST /v1/memories", keyed, conversationOf(said));
    const otherCard = conversationOf(said.replace(card, "5555 5555 5555 4444"));
    const alike = await send(server, "POST /v1/memories", keyed, otherCard);
    expect([first.status, again.body.id, alike.body.id]).toEqual([202, first.body.id, first.body.id]);
    const other = await send(server, "POST /v1/memories", keyed, conversationOf("Something else."));
    expect(other.body.error.code).toBe("idempotency_mismatch");
  });

  test("of an organisation that disables it keeps its secrets", async () => {
    const org = await makeOrg({ secrets: "nowhere" });
    await send(
      server,
      "POST /v1/memories?wait=true",
      org.ingest,
      conversationOf("It is pk-1 4111-1111-1111-1111."),
    );
    expect(await requestOf(org.orgId)).toContain("4111-1111-1111-1111");
  });

  test("loses personal data if the organisation's settings say so", async () => {
    const org = await makeOrg({ personalData: "conversations" });
    const { body } = await send(server, "POST /v1/memories?wait=true", org.ingest, conversationOf(said));
    expect(body.result.redactions).toEqual({ github_token: 1, card_number: 1, email_address: 1 });
    expect(await requestOf(org.orgId)).toContain("Write to [redacted: email_address].");
  });
});

describe("memories that are stored as they are", () => {
  const item = { content: `The token: ${token}`, metadata: { notes: [{ card }], [card]: 1 } };

  test("stay unchanged by default", async () => {
    const org = await makeOrg();
    const { body } = await send(server, "POST /v1/memories", org.batch, item);
    expect([body.content, body.metadata]).toEqual([item.content, item.metadata]);
  });

  test("lose secrets in their words and metadata with 'everywhere', one by one and in a batch", async () => {
    const org = await makeOrg({ secrets: "everywhere", personalData: "conversations" });
    const replaced = {
      content: "The token: [redacted: github_token]",
      metadata: { notes: [{ card: "[redacted: card_number]" }], [card]: 1 },
    };
    const keyed = { ...org.batch, "idempotency-key": "mine" };
    const { body } = await send(server, "POST /v1/memories", keyed, item);
    expect(body).toMatchObject(replaced);
    expect((await send(server, "POST /v1/memories", keyed, item)).body.id).toBe(body.id);

    const items = [item, { content: `Write to ${address}` }];
    const { body: made } = await send(server, "POST /v1/batch?wait=true", org.batch, { memories: items });
    expect(made).toMatchObject({ status: "completed", imported: 2 });
    const { body: page } = await send(server, "GET /v1/memories", org.batch);
    expect(page.memories).toEqual([
      expect.objectContaining({ content: `Write to ${address}` }),
      expect.objectContaining(replaced),
      expect.objectContaining(replaced),
    ]);
    expect(await requestOf(org.orgId)).not.toContain(token);
  });
});

test("a changed setting applies within a second", async () => {
  const org = await makeOrg();
  const write = async () =>
    (await send(server, "POST /v1/memories", org.batch, { content: card })).body.content as string;
  expect(await write()).toBe(card);
  await saveRedactionSettings(database, org.orgId, { secrets: "everywhere" });
  await expect.poll(write, { timeout: 2000 }).toBe("[redacted: card_number]");
});

test("the metrics count each kind", async () => {
  const readCount = async (kind: string) => {
    const { body } = await send({ url: metricsUrl }, "GET /metrics");
    return Number(
      new RegExp(`^memlane_redactions_total\\{kind="${kind}"\\} (\\d+)$`, "m").exec(String(body))![1],
    );
  };
  const org = await makeOrg();
  const before = await readCount("github_token");
  await send(server, "POST /v1/memories", org.ingest, conversationOf(`${token} ${token}`));
  expect(await readCount("github_token")).toBe(before + 2);
  expect(await readCount("stripe_key")).toBe(0);
});

test("a long message does not delay other requests", async () => {
  const org = await makeOrg();
  const sent = send(
    server,
    "POST /v1/memories",
    org.ingest,
    conversationOf(`${"sk-".repeat(500_000)} ${token}`),
  );
  const startedMs = performance.now();
  await send(server, "GET /healthz", {});
  expect(performance.now() - startedMs).toBeLessThan(1000);
  expect((await sent).status).toBe(202);
  expect(await requestOf(org.orgId)).toContain("[redacted: github_token]");
});
