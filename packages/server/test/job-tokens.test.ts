// Tokens that can read one job for some time, against the real server.
import { SignJWT, UnsecuredJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createKey } from "../src/keys/create-key.ts";
import { revokeApiKey } from "../src/store/api-keys.ts";
import { batch, ingest, send } from "./http.ts";
import { startServerOnTestDatabase, type ServerOnTestDatabase } from "./test-database.ts";

const keys =
  "org_test:key-of-the-tests,org_test:key-that-writes-only:memories:write,org_other:key-of-another-org";
let server: ServerOnTestDatabase;
beforeAll(async () => {
  server = await startServerOnTestDatabase({
    environment: { MEMLANE_BOOTSTRAP_KEYS: keys },
    apiKey: "key-of-the-tests",
  });
}, 30_000);
afterAll(() => server?.stop());

const kinds = {
  ingest: {
    create: "POST /v1/memories",
    who: () => ingest(server),
    body: { messages: [{ role: "user", content: "I live in Rome." }], user_id: "u", conv_id: "c" },
    path: "/v1/memories/jobs",
    word: { invalid: "unauthorized", missing: "job_not_found" },
  },
  batch: {
    create: "POST /v1/batch",
    who: () => batch(server),
    body: { memories: [{ content: "One." }] },
    path: "/v1/batch",
    word: { invalid: "invalid_key", missing: "not_found" },
  },
} as const;
type Kind = keyof typeof kinds;

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const codeOf = (body: any) => (body.error ?? body).code;

async function create(kind: Kind, query = ""): Promise<any> {
  const { create: route, who, body } = kinds[kind];
  return (await send(server, route + query, who(), body)).body;
}

const mint = async (id: string, query = "", who: Record<string, string> = batch(server)) =>
  send(server, `POST /v1/jobs/${id}/token${query}`, who);

const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split(".")[1]!, "base64url").toString());

/** A token as the server would create it, with the changes of the test. */
async function forge(
  jobId: string,
  {
    secondsLeft = 60,
    header = {},
    secret,
  }: { secondsLeft?: number; header?: object; secret?: Uint8Array } = {},
) {
  const [key] = await server.database.query<{ id: string; secret: Uint8Array }>(
    "select id, token_secret as secret from memlane.api_key where org_id = 'org_test' and scopes @> '{memories:read}' limit 1",
  );
  return new SignJWT()
    .setProtectedHeader({ alg: "HS256", typ: "memlane-job+jwt", kid: key!.id, ...header })
    .setSubject(jobId)
    .setExpirationTime(Math.floor(Date.now() / 1000) + secondsLeft)
    .sign(secret ?? key!.secret);
}

describe.each(Object.keys(kinds) as Kind[])("a token of a job (%s)", (kind) => {
  const { path, word } = kinds[kind];

  test("comes with the job if requested, and not otherwise", async () => {
    expect(await create(kind)).not.toHaveProperty("token");
    expect(await create(kind, "?token=false")).not.toHaveProperty("token");
    const { id, token } = await create(kind, "?token=true");
    expect(claimsOf(token)).toEqual({ sub: id, iat: expect.any(Number), exp: claimsOf(token).iat + 3600 });
    const short = claimsOf((await create(kind, "?token=90")).token);
    expect(short.exp - short.iat).toBe(90);
  });

  test("comes with a job after a long-poll, and with one that was created before", async () => {
    const { create: route, who, body } = kinds[kind];
    const headers = { ...who(), "idempotency-key": `token-${kind}` };
    const first = (await send(server, `${route}?wait=true&token=true`, headers, body)).body;
    const again = (await send(server, `${route}?token=true`, headers, body)).body;
    expect(again.id).toBe(first.id);
    for (const { id, token } of [first, again])
      expect((await send(server, `GET ${path}/${id}`, bearer(token))).body.id).toBe(id);
  });

  test("is created for an existing job, for an hour or as long as requested", async () => {
    const { id } = await create(kind);
    const { status, body, headers } = await mint(id);
    expect([status, headers.get("cache-control")]).toEqual([200, "no-store"]);
    expect(body).toEqual({
      object: "job_token",
      id,
      token: expect.any(String),
      expires_at: expect.any(String),
    });
    expect(claimsOf(body.token).exp - claimsOf(body.token).iat).toBe(3600);
    const { body: short } = await mint(id, "?expires_in=90");
    expect(Date.parse(short.expires_at) - Date.now()).toBeLessThanOrEqual(90_000);
    for (const wrong of ["0", "86401", "1.5", "soon"])
      expect((await mint(id, `?expires_in=${wrong}`)).status).toBe(422);
  });

  test("reads its job, with and without a long-poll, and its events", async () => {
    const { id, token } = await create(kind, "?token=true");
    const read = await send(server, `GET ${path}/${id}?wait=true`, bearer(token));
    expect(read.body).toMatchObject({ id, status: kind === "batch" ? "completed" : "succeeded" });
    const events = await send(server, `GET /v1/jobs/${id}/events`, bearer(token));
    expect(events.body).toContain(`"id":"${id}"`);
  });

  test("reads no other job: the answer is the same as for an unknown one", async () => {
    const { token } = await create(kind, "?token=true");
    const { id: other } = await create(kind);
    const theirs = (
      await send(server, "POST /v1/batch", batch({ apiKey: "key-of-another-org" }), kinds.batch.body)
    ).body.id;
    const nobody = "job_00000000000070008000000000000000";
    const answers = await Promise.all(
      [other, theirs, nobody, "nope"].map(async (id) => {
        const { status, body, headers } = await send(server, `GET ${path}/${id}`, {
          ...bearer(token),
          "x-request-id": "r",
        });
        return { status, body, headers: [...headers].filter(([name]) => name !== "date") };
      }),
    );
    expect(answers[0]).toMatchObject({ status: 404 });
    expect(codeOf(answers[0]!.body)).toBe(word.missing);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect((await send(server, `GET /v1/jobs/${other}/events`, bearer(token))).status).toBe(404);
  });

  test("answers that it has expired, so that a page knows to get a new one", async () => {
    const { id } = await create(kind);
    const { status, body } = await send(
      server,
      `GET ${path}/${id}`,
      bearer(await forge(id, { secondsLeft: -1 })),
    );
    expect([status, codeOf(body)]).toEqual([401, "token_expired"]);
  });

  test("is refused if it was never valid, expired or not", async () => {
    const { id, token } = await create(kind, "?token=true");
    const [head, , signature] = token.split(".");
    const claims = Buffer.from(JSON.stringify({ ...claimsOf(token), exp: 9_999_999_999 })).toString(
      "base64url",
    );
    const nobody = "00000000-0000-7000-8000-000000000000";
    const wrong = [
      `${head}.${claims}.${signature}`,
      await forge(id, { secret: new Uint8Array(32) }),
      await forge(id, { secret: new Uint8Array(32), secondsLeft: -1 }),
      await forge(id, { header: { kid: nobody } }),
      await forge(id, { header: { kid: "'; drop table" } }),
      await forge(id, { header: { typ: "JWT" } }),
      new UnsecuredJWT({ sub: id, exp: 9_999_999_999 }).encode(),
      token.slice(0, -10),
      `${head}..${signature}`,
    ];
    for (const each of wrong) {
      const { status, body } = await send(server, `GET ${path}/${id}`, bearer(each));
      expect([each, status, codeOf(body)]).toEqual([each, 401, word.invalid]);
    }
  });
});

test("a token can only read: no other route accepts it, nor any other place in the request", async () => {
  const { id, token } = await create("ingest", "?token=true");
  for (const route of [
    "GET /v1/jobs",
    `POST /v1/jobs/${id}/cancel`,
    `POST /v1/jobs/${id}/retry`,
    `POST /v1/jobs/${id}/token`,
    "GET /v1/memories",
    "GET /v1/webhooks",
  ]) {
    const { status, body } = await send(server, route, bearer(token));
    expect([route, status, codeOf(body)]).toEqual([route, 403, "forbidden"]);
  }
  const posted = await send(server, "POST /v1/batch", bearer(token), kinds.batch.body);
  expect([posted.status, posted.body.code]).toEqual([403, "forbidden"]);
  // URLs end up in logs and histories.
  expect((await send(server, `GET /v1/jobs/${id}/events?token=${token}`)).status).toBe(401);
});

test("a key creates tokens for its own organisation's jobs, if it may read", async () => {
  const { id } = await create("batch");
  expect((await mint(id, "", batch({ apiKey: "key-of-another-org" }))).status).toBe(404);
  expect((await mint(id, "", batch({ apiKey: "key-that-writes-only" }))).status).toBe(403);
  // What a key without read access creates cannot be read with its token either.
  const { body } = await send(
    server,
    "POST /v1/batch?token=true",
    batch({ apiKey: "key-that-writes-only" }),
    kinds.batch.body,
  );
  expect((await send(server, `GET /v1/batch/${body.id}`, bearer(body.token))).status).toBe(403);
});

test("tokens end with the key that created them", async () => {
  const { id: keyId, key } = await createKey(server.database, "org_test", "short", [
    "memories:read",
    "memories:write",
  ]);
  const { id, token } = (
    await send(server, "POST /v1/batch?token=true", batch({ apiKey: key }), kinds.batch.body)
  ).body;
  const read = async () => (await send(server, `GET /v1/batch/${id}`, bearer(token))).status;
  expect(await read()).toBe(200);
  await revokeApiKey(server.database, keyId);
  await expect.poll(read, { timeout: 900, interval: 10 }).toBe(401);
});

test("long-polls and streams end with the token", async () => {
  // A lock on the table of memories keeps the job from ending.
  await server.database.transaction(async (sql) => {
    await sql.query("lock table memlane.memory in share mode");
    const { id } = await create("batch");
    const token = await forge(id, { secondsLeft: 2 });
    const [events, polled] = await Promise.all([
      send(server, `GET /v1/jobs/${id}/events`, bearer(token)),
      send(server, `GET /v1/batch/${id}?wait=20`, bearer(token)),
    ]);
    expect(events.body).toContain("event: job");
    expect(polled.body.status).toMatch(/pending|processing/);
    expect((await send(server, `GET /v1/jobs/${id}/events`, bearer(token))).body.error.code).toBe(
      "token_expired",
    );
  });
});

test("no log contains a token", async () => {
  const { id, token } = await create("batch", "?token=true");
  await send(server, `GET /v1/batch/${id}`, { ...bearer(token), "x-request-id": "the-last" });
  await expect.poll(() => server.logs.join()).toContain("the-last");
  expect(server.logs.join()).not.toMatch(/eyJ/);
});
