// Every answer has a limited size, and so has every stored part of a request.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { batch, ingest, send } from "./http.ts";
import { startServerOnTestDatabase, type ServerOnTestDatabase } from "./test-database.ts";

const mebibyte = 1024 * 1024;
let server: ServerOnTestDatabase;
beforeAll(async () => {
  server = await startServerOnTestDatabase();
}, 60_000);
afterAll(() => server?.stop());

const asIngest = (route: string, body?: unknown) => send(server, route, ingest(server), body);
const asBatch = (route: string, body?: unknown) => send(server, route, batch(server), body);
const sizeOf = ({ body }: { readonly body: unknown }) => Buffer.byteLength(JSON.stringify(body));

describe("jobs whose results were stored before sizes were recorded", () => {
  const count = 60;
  beforeAll(async () => {
    const created = `json_build_array(json_build_object('id', gen_random_uuid(), 'type', 'fact', 'text', repeat('Zanzibar ', 20000)))`;
    await server.database.query(
      `insert into memlane.job (id, org_id, kind, state, result, created_at, updated_at, expires_at)
       select (lpad(to_hex((extract(epoch from now()) * 1000)::bigint + place), 12, '0') || '70008' || lpad(to_hex(place), 15, '0'))::uuid,
         $1, 'ingest', 'succeeded', json_build_object('created', ${created}, 'updated', '[]'::json, 'supersededBy', '{}'::json,
           'stageTimings', '{}'::json, 'ignoredGroupIds', '[]'::json), now(), now(), now() + interval '1 day'
       from generate_series(1, $2::integer) as place`,
      [server.orgId, count],
    );
  });

  test("come in pages of about 128 KiB or one job, each job once", async () => {
    const seen = new Set<string>();
    let pages = 0;
    for (let cursor: string | null = ""; cursor !== null; pages += 1) {
      const page = await asIngest(`GET /v1/jobs?limit=500${cursor && `&cursor=${cursor}`}`);
      expect(sizeOf(page)).toBeLessThan(0.3 * mebibyte);
      expect(page.body.has_more).toBe(page.body.next_cursor !== null);
      for (const { id } of page.body.data) seen.add(id);
      cursor = page.body.next_cursor;
    }
    expect(seen.size).toBe(count);
    expect(pages).toBeGreaterThan(5);
  });

  test("are read a few at a time, separately from the shared reads of small jobs", async () => {
    const { body } = await asIngest("GET /v1/jobs?limit=4");
    const small = (await asBatch("POST /v1/batch", { memories: [{ content: "x" }] })).body.id;
    const ids = [...body.data.map(({ id }: { id: string }) => id), small, `job_${"0".repeat(32)}`];
    const read = await Promise.all([...ids, ...ids].map((id) => asIngest(`GET /v1/jobs/${id}`)));
    expect(read.map((answer) => answer.body.id)).toEqual(
      [...ids, ...ids].map((id) => (id.endsWith("0000") ? undefined : id)),
    );
  });
});

describe("memories of 16,000 characters", () => {
  const user = randomUUID();
  const word = "Quagga ";
  beforeAll(async () => {
    const content = word.repeat(16_000 / word.length);
    const memories = Array.from({ length: 100 }, () => ({ content, user_id: user }));
    const { body } = await asBatch("POST /v1/batch", { memories });
    await asBatch(`GET /v1/batch/${body.id}?wait=30`);
  });

  test.each(["created_at_desc", "created_at_asc"])(
    "come in pages of about a mebibyte, in the order %s",
    async (order) => {
      const seen: string[] = [];
      let pages = 0;
      for (let cursor: string | null = ""; cursor !== null; pages += 1) {
        const page = await asIngest(
          `GET /v1/memories?limit=500&user_id=${user}&order=${order}${cursor && `&cursor=${cursor}`}`,
        );
        expect(sizeOf(page)).toBeLessThan(1.2 * mebibyte);
        seen.push(...page.body.data.map(({ id }: { id: string }) => id));
        cursor = page.body.next_cursor;
      }
      expect(seen).toHaveLength(100);
      expect(seen).toEqual(order === "created_at_asc" ? seen.toSorted() : seen.toSorted().toReversed());
      expect(pages).toBe(2);
    },
  );

  test("are found up to a total of a mebibyte", async () => {
    const found = await asIngest("POST /v1/memories/search", { query: word, user_id: user, limit: 500 });
    expect(found.body.data.length).toBeGreaterThan(50);
    expect(sizeOf(found)).toBeLessThan(2.4 * mebibyte); // once as memories, once as context
  });
});

test("a page of small rows has as many rows as its limit", async () => {
  const user = randomUUID();
  for (let index = 0; index < 3; index += 1)
    await asBatch("POST /v1/memories", { content: "x", user_id: user });
  const list = async (limit: number) =>
    (await asIngest(`GET /v1/memories?user_id=${user}&limit=${limit}`)).body;
  expect(await list(2)).toMatchObject({ data: [{}, {}], has_more: true, next_cursor: expect.any(String) });
  expect(await list(3)).toMatchObject({ data: [{}, {}, {}], has_more: false, next_cursor: null });
});

test("a job with more memories and messages than fit an answer says how many it omits", async () => {
  const messages = Array.from({ length: 10_000 }, (_, index) => ({
    role: "user",
    content: "Hm.",
    dia_id: `${"d".repeat(240)}${index}`,
  }));
  const { body } = await asIngest("POST /v1/memories?wait=30", {
    messages,
    user_id: randomUUID(),
    conv_id: "c",
  });
  const ended = await asIngest(`GET /v1/jobs/${body.id}?wait=30`);
  expect(ended.body.status).toBe("succeeded");
  expect(sizeOf(ended)).toBeLessThan(0.6 * mebibyte);
  const { messages: reports, left_out: leftOut } = ended.body.result;
  expect(reports.length + leftOut).toBe(10_000);
});

describe("metadata of more than 8,192 bytes", () => {
  const metadata = { note: "é".repeat(5000) };

  test("is refused by a single write", async () => {
    const { status, body } = await asBatch("POST /v1/memories", { content: "x", metadata });
    expect([status, body]).toEqual([
      422,
      { code: "invalid_request", message: "metadata must have at most 8,192 bytes as JSON" },
    ]);
  });

  test("is the error of its item in a batch", async () => {
    const { body } = await asBatch("POST /v1/batch", {
      memories: [{ content: "x" }, { content: "y", metadata }],
    });
    const ended = await asBatch(`GET /v1/batch/${body.id}?wait=30`);
    expect(ended.body).toMatchObject({ status: "completed", imported: 1, failed: 1 });
    expect(ended.body.errors).toMatchObject([
      { index: 1, error: "metadata must have at most 8,192 bytes as JSON" },
    ]);
  });
});
