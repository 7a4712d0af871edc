// Keys of operators, which may act in every organisation.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createKeyAs } from "../src/keys/create-key.ts";
import { batch, ingest, send } from "./http.ts";
import { startServerOnTestDatabase, type ServerOnTestDatabase } from "./test-database.ts";

const scopes = ["operator", "memories:read", "memories:write"] as const;
let server: ServerOnTestDatabase;
let operator: { apiKey: string; orgId: string };
beforeAll(async () => {
  const environment = {
    MEMLANE_BOOTSTRAP_KEYS: "org_test:key-of-the-tests,org_other:key-of-another-org",
    MEMLANE_SELF_SERVICE: "on",
  };
  server = await startServerOnTestDatabase({ environment, apiKey: "key-of-the-tests" });
  const { key } = await createKeyAs(server.database, { orgId: "org_admin", name: "console", scopes });
  operator = { apiKey: key, orgId: "org_admin" };
}, 30_000);
afterAll(() => server?.stop());

const inOrg = (orgId: string) => ingest({ ...operator, orgId });
const talk = { messages: [{ role: "user", content: "I live in Rome." }], user_id: "ada", conv_id: "c" };

test("names any organisation, and sees and does there what its other scopes allow", async () => {
  const { body: job } = await send(server, "POST /v1/memories?wait=true", ingest(server), talk);
  const read = async (orgId: string) => (await send(server, `GET /v1/jobs/${job.id}`, inOrg(orgId))).status;
  expect([await read("org_test"), await read("org_other"), await read("org_admin")]).toEqual([200, 404, 404]);
  const { apiKey } = operator;
  const asBatch = { ...batch({ apiKey }), "x-org-id": "org_test" };
  expect((await send(server, "GET /v1/facts?user_id=ada", asBatch)).body.facts).toHaveLength(1);
  const written = await send(server, "POST /v1/memories?wait=true", inOrg("org_other"), talk);
  expect(written.body.status).toBe("succeeded");
  const other = ingest({ apiKey: "key-of-another-org", orgId: "org_other" });
  expect((await send(server, `GET /v1/jobs/${written.body.id}`, other)).status).toBe(200);
});

test("what it reads is in the audit log of that organisation, with its key", async () => {
  const search = { query: "Rome", user_id: "ada" };
  await send(server, "POST /v1/memories/search", inOrg("org_test"), search);
  const { id } = (await send(server, "GET /v1/me", inOrg("org_test"))).body.key;
  const events = async () => (await send(server, "GET /v1/audit?action=read", batch(server))).body.events;
  await expect
    .poll(events)
    .toContainEqual(expect.objectContaining({ meta: expect.objectContaining({ operator_key: id }) }));
});

test("GET /v1/me and GET /v1/orgs list the organisations", async () => {
  const { body } = await send(server, "GET /v1/me", inOrg("org_test"));
  expect(body).toMatchObject({ org_id: "org_test", key: { name: "console", scopes } });
  expect(body.org_ids).toEqual(expect.arrayContaining(["org_admin", "org_other", "org_test"]));
  const first = (await send(server, "GET /v1/orgs?limit=2", inOrg("org_admin"))).body;
  const next = (await send(server, `GET /v1/orgs?limit=1000&cursor=${first.next_cursor}`, inOrg("org_admin")))
    .body;
  expect([...first.data, ...next.data].map(({ id }: { id: string }) => id)).toEqual(body.org_ids);
  expect([first.has_more, next.has_more, next.next_cursor]).toEqual([true, false, null]);
});

test("GET /v1/stats counts the jobs of one organisation or of all", async () => {
  const statsOf = async (query: string, orgId: string) =>
    (await send(server, `GET /v1/stats${query}`, inOrg(orgId))).body.counts.succeeded;
  const counts = [
    await statsOf("?org=all", "org_admin"),
    await statsOf("", "org_test"),
    await statsOf("", "org_other"),
  ];
  expect(counts).toEqual([2, 1, 1]);
});

test("GET /v1/service shows the workers, the database and the model", async () => {
  const { status, body } = await send(server, "GET /v1/service", inOrg("org_admin"));
  expect(status).toBe(200);
  expect(body).toMatchObject({
    database: {
      role: "primary",
      version: expect.stringMatching(/^\d/),
      size_bytes: expect.any(Number),
      connections: { used: expect.any(Number), allowed: expect.any(Number) },
    },
    workers: [{ version: expect.stringMatching(/^\d/), places: 4, running: expect.any(Number) }],
    model_endpoint: { state: "none", last_error: null, last_ok_at: null },
    oldest_waiting_seconds: null,
    last_success_at: expect.any(String),
  });
});

describe("it is refused", () => {
  const refusal = async (route: string, headers: Record<string, string>) => {
    const { status, body } = await send(server, route, headers);
    return [status, body.error.code];
  };

  test("an organisation that does not exist", async () => {
    expect(await refusal("GET /v1/jobs", inOrg("org_nowhere"))).toEqual([403, "org_mismatch"]);
  });

  test("a job token outside of its own organisation", async () => {
    const { body } = await send(server, "POST /v1/memories", ingest(server), talk);
    expect(await refusal(`POST /v1/jobs/${body.id}/token`, inOrg("org_test"))).toEqual([403, "forbidden"]);
  });

  test.each(["/v1/orgs", "/v1/service", "/v1/stats?org=all"])("%s to other keys", async (path) => {
    expect(await refusal(`GET ${path}`, ingest(server))).toEqual([403, "forbidden"]);
  });

  test("another organisation to other keys", async () => {
    expect(await refusal("GET /v1/me", ingest({ ...server, orgId: "org_other" }))).toEqual([
      403,
      "org_mismatch",
    ]);
  });

  test("to write, without the scope for it", async () => {
    const { key } = await createKeyAs(server.database, {
      orgId: "org_admin",
      name: "x",
      scopes: ["operator"],
    });
    const headers = ingest({ apiKey: key, orgId: "org_test" });
    expect(await refusal("GET /v1/jobs", headers)).toEqual([403, "forbidden"]);
    expect((await send(server, "GET /v1/service", headers)).status).toBe(200);
  });
});

describe("such a key is made only by the command line", () => {
  test("a sign-up over HTTP never gets it", async () => {
    const { status, body } = await send(server, "POST /v1/agents/init", {}, { scopes: ["operator"] });
    expect(status).toBe(201);
    expect(body.scopes).toEqual(["memories:read", "memories:write"]);
    const headers = { authorization: `Bearer ${body.api_key}` };
    expect((await send(server, "GET /v1/service", headers)).status).toBe(403);
  });

  test("and never for one user", async () => {
    const about = { orgId: "org_admin", name: "x", scopes, userId: "ada" };
    await expect(createKeyAs(server.database, about)).rejects.toThrow("cannot act for one user");
  });
});
