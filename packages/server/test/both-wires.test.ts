// The facts of the wires that a client of either vendor relies on, each as a table in both dialects.
import type { TestServer } from "@memlane/server/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { batch, ingest, send, waitWhile, type Answer } from "./http.ts";
import { startServerOnTestDatabase } from "./test-database.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServerOnTestDatabase();
}, 30_000);
afterAll(() => server?.stop());

const bearer = () => batch(server);
const codeOf = ({ body }: Answer) => body.error?.code ?? body.code;
/** The dialect of an error, by its envelope. */
const dialectOf = ({ body }: Answer) => (body.error === undefined ? "batch" : "ingest");

test("a memory written in batch is, in ingest, an episode that names the facts mined from it", async () => {
  const { body: written } = await send(server, "POST /v1/memories", batch(server), {
    content: "I live in Lund.",
    user_id: "verbatim",
  });
  const read = () => send(server, `GET /v1/memories/${written.id}`, batch(server));
  const { facts } = await waitWhile(read, "processing");
  const list = async (type: string) =>
    (await send(server, `GET /v1/memories?user_id=verbatim&type=${type}`, ingest(server))).body.data;
  const [[episode, ...others], [fact, ...otherFacts]] = [await list("episode"), await list("fact")];
  expect([others, otherFacts, facts.length]).toEqual([[], [], 1]);
  expect(episode).toMatchObject({
    type: "episode",
    text: "I live in Lund.",
    details: { fact_ids: [fact.id] },
  });
  expect(fact.details.episode_id).toBe(episode.id);
  for (const type of ["episode", "fact"]) {
    const found = await send(server, "POST /v1/memories/search", ingest(server), {
      query: "Lund",
      user_id: "verbatim",
      include: [type],
    });
    expect(found.body.data.map((memory: { type: string }) => memory.type)).toEqual([type]);
  }
});

describe("an error is answered in the dialect that the signs of the request show", () => {
  const signs = (): [string, Record<string, string>, string][] => [
    ["ingest", { "x-api-key": server.apiKey }, ""],
    ["ingest", { ...bearer(), "x-org-id": server.orgId }, ""],
    ["ingest", { ...bearer(), "x-xtrace-client": "memory-sdk-ts/0.5.0" }, ""],
    ["ingest", { authorization: `Token ${server.apiKey}` }, ""],
    ["ingest", bearer(), "?conv_id=c"],
    ["batch", bearer(), ""],
    ["batch", { ...bearer(), "x-korely-client": "korely-js/0.1.12" }, "?cursor=x"],
    ["batch", { ...bearer(), "user-agent": "korely-memory-python/0.2.2" }, "?cursor=x"],
    ["batch", bearer(), "?offset=1"],
  ];
  test.each([
    ["an unknown path", "GET /v1/nothing", undefined, 404, "not_found"],
    ["an unknown path below a known one", "GET /v1/memories/x/nothing", undefined, 404, "not_found"],
    ["a wrong method", "DELETE /v1/memories", undefined, 405, "method_not_allowed"],
    ["a wrong method with a body", "PUT /v1/memories/search", { x: 1 }, 405, "method_not_allowed"],
    ["an unreadable body", "POST /v1/memories", "{", 400, "invalid_request"],
    ["an unreadable search", "POST /v1/memories/search", '{"query": oops', 400, "invalid_request"],
  ])("%s", async (_, route, body, status, code) => {
    for (const [dialect, headers, query] of signs()) {
      const answer = await send(server, route + query, headers, body);
      expect([headers, answer.status, codeOf(answer), dialectOf(answer)]).toEqual([
        headers,
        status,
        code,
        dialect,
      ]);
      if (status === 405) expect(answer.headers.get("allow")).toMatch(/^[A-Z]+(?:, [A-Z]+)*$/);
    }
  });

  test.each([
    ["ingest", { messages: [] }],
    ["ingest", { query: "x", mode: "rows" }],
    ["ingest", { group_ids: [] }],
    ["batch", { content: "x" }],
    ["batch", { query: "x", metadata: { messages: 1 } }],
    ["batch", {}],
  ])(
    "%s by the body %j, even if no route reads it, it is malformed, or the key is unknown",
    async (dialect, body) => {
      const text = JSON.stringify(body);
      const answers = [
        await send(server, "PATCH /v1/nothing", bearer(), body),
        await send(server, "PUT /v1/memories", bearer(), body),
        await send(server, "POST /v1/memories", bearer(), `${text.slice(0, -1)}!`),
        await send(server, "POST /v1/memories", { authorization: "Bearer unknown" }, body),
      ];
      expect(answers.map(({ status }) => status)).toEqual([404, 405, 400, 401]);
      expect(answers.map(dialectOf)).toEqual(answers.map(() => dialect));
    },
  );
});

test("X-Org-Id may be left out with every way to send a key, and must match if it is sent", async () => {
  const { apiKey, orgId } = server;
  const ways = [
    ["GET /v1/memories?order=created_at_asc", { "x-api-key": apiKey }],
    ["GET /v1/memories", { authorization: `Token ${apiKey}` }],
    ["GET /v1/memories?type=fact", bearer()],
    ["GET /v1/jobs", { "x-api-key": apiKey }],
    ["GET /v1/memories?offset=0", bearer()],
  ] as const;
  for (const [route, headers] of ways) {
    const send_ = (more: Record<string, string>) => send(server, route, { ...headers, ...more });
    expect([route, (await send_({})).status, (await send_({ "x-org-id": orgId })).status]).toEqual([
      route,
      200,
      200,
    ]);
    const refused = await send_({ "x-org-id": "other" });
    expect([refused.status, codeOf(refused)]).toEqual([403, "org_mismatch"]);
  }
});

describe("a conversation", () => {
  test.each([
    [{ messages: [] }, 400, "invalid_messages"],
    [{}, 422, "invalid_request"],
    [{ messages: null }, 422, "invalid_request"],
    [{ messages: "Hi" }, 422, "invalid_request"],
    [{ messages: {} }, 422, "invalid_request"],
  ])("without messages is refused: %j", async (messages, status, code) => {
    const body = { user_id: "u", conv_id: "c", ...messages };
    for (const headers of [ingest(server), bearer()]) {
      const answer = await send(server, "POST /v1/memories", headers, body);
      expect([answer.status, codeOf(answer), dialectOf(answer)]).toEqual([status, code, "ingest"]);
    }
  });
});

describe("a memory with blank content is refused", () => {
  test.each(["", " ", "\n\t", "\u00a0", "\u2003 \u3000", "\ufeff"])("%j", async (content) => {
    const single = await send(server, "POST /v1/memories", bearer(), { content });
    expect([single.status, codeOf(single)]).toEqual([422, "invalid_request"]);
    expect(single.body.message).toMatch(/content must not be/);
    const many = await send(server, "POST /v1/batch?wait=true", bearer(), {
      memories: [{ content }, { content: "x" }],
    });
    expect(many.body).toMatchObject({
      status: "completed",
      failed: 1,
      errors: [{ index: 0, error: "content must not be empty" }],
    });
  });
});

describe("metadata", () => {
  const owner = { user_id: "meta" };
  const find = async (metadata: object, more: object = {}) => {
    const body = { query: "kettle", ...owner, ...more, metadata };
    const { status, body: found } = await send(server, "POST /v1/memories/search", bearer(), body);
    expect([metadata, status]).toEqual([metadata, 200]);
    return found.results.map(({ metadata: { name } }: { metadata: { name: string } }) => name).toSorted();
  };
  beforeAll(async () => {
    const values = {
      number: 5,
      text: "5",
      yes: true,
      word: "true",
      none: null,
      nested: { a: { b: [1, "x"] } },
      list: [1],
    };
    const memories = Object.entries(values).map(([name, value]) => ({
      content: `The ${name} kettle.`,
      ...owner,
      metadata: { name, value },
    }));
    await send(server, "POST /v1/batch?wait=true", bearer(), { memories });
  });

  test.each<[unknown, string[]]>([
    [5, ["number", "text"]],
    ["5", ["number", "text"]],
    [true, ["word", "yes"]],
    ["true", ["word", "yes"]],
    ["True", []],
    [{ a: { b: [1, "x"] } }, ["nested"]],
    [{ a: {} }, []],
    [[1], ["list"]],
    [50, []],
  ])("%j finds the same value as a number and as a text", async (value, names) => {
    expect(await find({ value })).toEqual(names);
    expect(await find({ value, name: names[0] ?? "number" })).toEqual(names.slice(0, 1));
  });

  test("is returned exactly as it was stored, and may have 8 KB of JSON", async () => {
    const of = (length: number) => ({ text: "é".repeat(length), deep: { b: 1, a: [null, 0.5, { c: "" }] } });
    const spare = 8192 - Buffer.byteLength(JSON.stringify(of(0)));
    const create = (length: number) =>
      send(server, "POST /v1/memories", bearer(), { content: "x", metadata: of(length) });
    const created = await create(Math.floor(spare / 2));
    expect([created.status, created.body.metadata]).toEqual([201, of(Math.floor(spare / 2))]);
    expect((await create(Math.floor(spare / 2) + 1)).status).toBe(422);
  });
});

describe("a list", () => {
  test.each([
    ["full_content", 200],
    ["", 200],
    ["full_content,full_content", 200],
    ["everything", 422],
    ["full_content,everything", 422],
  ])("includes %j: %i", async (include, status) => {
    const answer = await send(server, `GET /v1/memories?include=${include}`, ingest(server));
    expect([answer.status, status === 200 || codeOf(answer)]).toEqual([
      status,
      status === 200 || "unsupported_include_option",
    ]);
  });
});

describe("a search in the ingest dialect", () => {
  beforeAll(async () => {
    const messages = [{ role: "user", content: "I live in Oslo." }];
    for (const user_id of ["old", "other"])
      await send(server, "POST /v1/memories?wait=true", ingest(server), {
        messages,
        user_id,
        conv_id: "c",
        app_id: "app",
      });
  });
  const search = async (body: object) =>
    send(server, "POST /v1/memories/search", bearer(), { query: "Oslo", ...body });
  const present = { mode: "compose", user_id: "old" };

  test.each<[object, object]>([
    [{ filters: { user_id: "old" }, mode: "context" }, present],
    [
      { filters: { user_id: "old", app_id: "app", color: "red" }, include: ["context_prompt"] },
      { ...present, app_id: "app" },
    ],
    [
      { filters: { user_id: { $eq: "old" }, app_id: { $eq: "app" } } },
      { ...present, app_id: "app" },
    ],
    [{ filters: { user_id: "other" }, user_id: "old" }, present],
    [{ filters: { user_id: "old" }, user_id: null, include: ["full_content"] }, present],
    [
      { filters: { agent_id: "nobody" }, user_id: "old" },
      { ...present, agent_id: "nobody" },
    ],
    [
      { user_id: "old", mode: "rows", filters: null },
      { ...present, mode: "retrieve" },
    ],
    [
      { user_id: "old", mode: "rows", include: ["fact", "context_prompt"] },
      { ...present, include: ["fact"] },
    ],
    [
      { user_id: "old", mode: "rows", include: ["full_content", "fact"] },
      { user_id: "old", mode: "retrieve", include: ["fact"] },
    ],
    [{ user_id: "old", mode: "compose", limit: 10, cursor: null, group_ids: [] }, present],
  ])("in the older format %j has the same answer as %j", async (older, newer) => {
    const [one, other] = [await search(older), await search(newer)];
    expect([one.status, other.status]).toEqual([200, 200]);
    const { stage_timings: _, data, ...answered } = one.body;
    const { stage_timings: __, data: expectedData, ...expected } = other.body;
    const idsOf = (memories: readonly { readonly id: string }[]) => memories.map(({ id }) => id);
    expect([answered, idsOf(data)]).toEqual([expected, idsOf(expectedData)]); // a score depends on the time
    expect(answered).toMatchObject({ object: "search", has_more: false, next_cursor: null });
  });

  test.each([
    { user_id: "old", include: ["fact", "fact"] },
    { user_id: "old", include: ["context_prompt", "context_prompt"] },
    { user_id: "old", include: ["everything"] },
    { user_id: "old", mode: "everything" },
    { user_id: "old", mode: "constructor" },
    { filters: { user_id: 7 }, mode: "rows" },
    { filters: { agent_id: { $ne: "bot" } }, user_id: "old" },
    { filters: "old", mode: "rows" },
    { mode: "rows" },
  ])("is refused if it repeats or invents something, or has no scope: %j", async (body) => {
    const answer = await search(body);
    expect([answer.status, codeOf(answer), dialectOf(answer)]).toEqual([422, "invalid_request", "ingest"]);
  });
});

describe("a question finds what answers it in other words", () => {
  const said = [
    "My favorite food is pad see ew. I love Thai cuisine.",
    "I live in Oslo.",
    "I work as a nurse.",
    "My dog is called Rex.",
    "I'm allergic to peanuts.",
    "I speak Welsh.",
    "I like chess.",
    "I plan to paint my fence.",
    "I drive a red Volvo.",
  ];
  beforeAll(async () => {
    const messages = said.map((content) => ({ role: "user", content }));
    for (const content of said)
      await send(server, "POST /v1/memories", bearer(), { content, user_id: "asked-batch" });
    await send(server, "POST /v1/memories?wait=true", ingest(server), {
      messages,
      user_id: "asked",
      conv_id: "c",
    });
  });

  test.each([
    ["what does the user like to eat?", /pad see ew/],
    ["eat", /pad see ew/],
    ["eating out", /Thai cuisine/],
    ["what should we plan for dinner?", /Thai cuisine/],
    ["Which city is home?", /Oslo/],
    ["what is the user's job", /nurse/],
    ["any pets?", /Rex/],
    ["health conditions", /peanuts/],
    ["Which languages?", /Welsh/],
    ["what car do they have", /Volvo/],
  ])("%s", async (query, answer) => {
    const asked = { query, user_id: "asked", mode: "retrieve", limit: 6 };
    const found = await send(server, "POST /v1/memories/search", ingest(server), asked);
    expect(found.body.data.map(({ text }: { text: string }) => text).join(" ")).toMatch(answer);
    const { body } = await send(server, "POST /v1/memories/search", bearer(), {
      query,
      user_id: "asked-batch",
      limit: 3,
    });
    expect(body.results.map(({ snippet }: { snippet: string }) => snippet).join(" ")).toMatch(answer);
  });
});
