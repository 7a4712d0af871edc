import { learnedOf } from "@memlane/core/internal";
import type { TestServer } from "@memlane/server/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { batch, ingest, send, waitWhile } from "./http.ts";
import { startServerOnTestDatabase } from "./test-database.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServerOnTestDatabase();
}, 30_000);
afterAll(() => server?.stop());

const said = (user: string, ...contents: string[]) => ({
  messages: contents.map((content, index) => ({ role: "user", content, dia_id: `d${index}` })),
  user_id: user,
  conv_id: `talk of ${user}`,
});
const hear = async (user: string, ...contents: string[]) => {
  const answer = await send(server, "POST /v1/memories?wait=true", ingest(server), said(user, ...contents));
  expect(answer.status).toBe(200);
  return answer.body;
};
const textsOf = (memories: readonly { text: string }[]) => memories.map(({ text }) => text);
const learnedTextsOf = (memories: { type: string; text: string }[]) => textsOf(learnedOf(memories));

describe("ingest jobs", () => {
  test("are answered 202 with a pending job, which can be read at once and ends", async () => {
    const accepted = await send(server, "POST /v1/memories", ingest(server), said("ada", "My name is Ada."));
    expect([accepted.status, accepted.body]).toEqual([
      202,
      {
        object: "ingest_job",
        id: expect.stringMatching(/^job_[0-9a-f]{32}$/),
        status: "pending",
        created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        updated_at: accepted.body.created_at,
        user_id: "ada",
        result: null,
        error: null,
      },
    ]);
    const read = () => send(server, `GET /v1/memories/jobs/${accepted.body.id}`, ingest(server));
    expect((await read()).status).toBe(200);
    const job = await waitWhile(read, "pending", "running");
    expect(job.status).toBe("succeeded");
    expect(Object.keys(job.result.stage_timings)).toEqual([
      "normalise",
      "extract",
      "match",
      "reconcile",
      "persist",
    ]);
    expect(Object.values(job.result.stage_timings).every((seconds) => Number(seconds) >= 0)).toBe(true);
  });

  test("with wait=true the answer is the ended job", async () => {
    const job = await hear("bob", "I live in Paris.");
    expect(job).toMatchObject({ status: "succeeded", error: null });
    expect(learnedTextsOf(job.result.memories_created)).toEqual(["User lives in Paris."]);
  });

  test("a repeated fact is not stored twice", async () => {
    await hear("cora", "I live in Paris. I love tea.");
    const again = await hear("cora", "i live in paris!", "I love tea");
    expect(learnedOf(again.result.memories_created)).toEqual([]);
  });

  test("a move supersedes the old home, and both can be read", async () => {
    const before = await hear("dora", "I live in Paris.");
    const after = await hear("dora", "I moved to Berlin.");
    const [paris] = before.result.memories_created;
    const [berlin] = after.result.memories_created;
    expect(after.result.memories_superseded_by).toEqual({ [paris.id]: berlin.id });
    const { body: old } = await send(server, `GET /v1/memories/${paris.id}`, ingest(server));
    const { body: current } = await send(server, `GET /v1/memories/${berlin.id}`, ingest(server));
    expect(old.details).toMatchObject({ status: "superseded", supersedes: null });
    expect(current.details).toMatchObject({
      status: "active",
      supersedes: paris.id,
      source_role: "user",
      source_event_ids: ["d0"],
    });
  });

  test("a move within one conversation supersedes, too", async () => {
    const { result } = await hear("eve", "I live in Paris.", "I moved to Berlin.");
    const [paris, berlin] = result.memories_created;
    expect(result.memories_superseded_by).toEqual({ [paris.id]: berlin.id });
  });

  test("two things that a user likes can both be active", async () => {
    await hear("finn", "I like tea.");
    const { result } = await hear("finn", "I like coffee.");
    expect(learnedTextsOf(result.memories_created)).toEqual(["User likes coffee."]);
    expect(result.memories_superseded_by).toEqual({});
  });

  test("if nothing is worth keeping, the job succeeds and has only its episode", async () => {
    const job = await hear("gus", "Hi!", "How are you?");
    expect(job).toMatchObject({
      status: "succeeded",
      result: {
        memories_created: [{ type: "episode", text: "Conversation of user" }],
        memories_superseded_by: {},
      },
    });
  });

  test("each message is reported: new, known, superseding, or nothing", async () => {
    const before = await hear("rhea", "I live in Paris. I love tea.");
    const [paris, tea] = before.result.memories_created;
    const { result } = await hear("rhea", "Hi!", "I love tea!", "I moved to Berlin.", "I play the harp.", "");
    const [berlin, harp] = result.memories_created;
    expect(result.messages).toEqual([
      { index: 0, id: "d0", outcome: "nothing", memory_ids: [] },
      { index: 1, id: "d1", outcome: "duplicate", memory_ids: [tea.id] },
      { index: 2, id: "d2", outcome: "superseded", memory_ids: [berlin.id] },
      { index: 3, id: "d3", outcome: "stored", memory_ids: [harp.id] },
      { index: 4, id: "d4", outcome: "skipped", memory_ids: [] },
    ]);
    expect(result.memories_superseded_by).toEqual({ [paris.id]: berlin.id });
  });

  test("a statement that the user takes back is retracted, and its revisions name the replacement", async () => {
    const { result: first } = await hear("sid", "I have a dog named Rex. My dog is brown.");
    const { result: second } = await hear("sid", "I no longer have a dog.");
    const [end] = second.memories_created;
    const rex = first.memories_created.find(({ text }: { text: string }) => text.includes("Rex"));
    const { body } = await send(server, `GET /v1/memories/${rex.id}/revisions`, ingest(server));
    expect(body).toMatchObject({ object: "list", has_more: false, next_cursor: null });
    expect(body.data.at(-1)).toMatchObject({ id: end.id, details: { status: "active", invalid_at: null } });
    expect(body.data).toContainEqual(
      expect.objectContaining({
        id: rex.id,
        details: expect.objectContaining({ status: "retracted", invalid_at: expect.any(String) }),
      }),
    );
  });

  test("each revision of a memory gives its whole history, which a deleted revision splits", async () => {
    const ids: string[] = [];
    for (const city of ["Rome", "Oslo", "Bern"]) {
      const { result } = await hear("tia", `I live in ${city}.`);
      ids.push(result.memories_created[0].id);
    }
    const revisionsOf = async (id: string) => {
      const { body } = await send(server, `GET /v1/memories/${id}/revisions`, ingest(server));
      return body.data.map((memory: { id: string }) => memory.id);
    };
    for (const id of ids) expect(await revisionsOf(id)).toEqual(ids);
    await send(server, `DELETE /v1/memories/${ids[1]}`, ingest(server));
    for (const id of [ids[0]!, ids[2]!]) expect(await revisionsOf(id)).toEqual([id]);
    const { status, body } = await send(server, `GET /v1/memories/${ids[1]}/revisions`, ingest(server));
    expect([status, body.error.code]).toEqual([404, "memory_not_found"]);
  });

  test("an older conversation that arrives later becomes history, with the dates of its messages", async () => {
    const ingestOn = async (content: string, date: string) =>
      (
        await send(server, "POST /v1/memories?wait=true", ingest(server), {
          messages: [{ role: "user", content, date }],
          user_id: "ugo",
          conv_id: date,
        })
      ).body.result;
    const {
      memories_created: [rome],
    } = await ingestOn("I live in Rome.", "2019-01-01");
    const {
      memories_created: [oslo],
    } = await ingestOn("I moved to Oslo last month.", "2025-06-01T23:30:00-02:00");
    const result = await ingestOn("I live in Paris.", "2021-03-01");
    const [paris] = result.memories_created;
    expect(result.memories_superseded_by).toEqual({ [rome.id]: paris.id, [paris.id]: oslo.id });
    const { body } = await send(server, `GET /v1/memories/${oslo.id}/revisions`, ingest(server));
    const supersedes = body.data.map(
      ({ details }: { details: { supersedes: string } }) => details.supersedes,
    );
    expect(supersedes).toEqual([null, rome.id, paris.id]);
    const day = (date: string | null) => date?.slice(0, 10) ?? null;
    expect(
      body.data.map(({ text, details }: { text: string; details: Record<string, string | null> }) => [
        text,
        details["status"],
        day(details["occurred_at"]!),
        day(details["valid_from"]!),
        day(details["invalid_at"]!),
        details["tense"],
      ]),
    ).toEqual([
      ["User lives in Rome.", "superseded", "2019-01-01", "2019-01-01", "2021-03-01", "current"],
      ["User lives in Paris.", "superseded", "2021-03-01", "2021-03-01", "2025-06-02", "current"],
      ["User moved to Oslo last month (May 2025).", "active", "2025-06-02", "2025-05-01", null, "current"],
    ]);
    const search = { query: "where in May 2025", user_id: "ugo" };
    const found = await send(server, "POST /v1/memories/search", ingest(server), search);
    expect(found.body.context).toContain("- User moved to Oslo last month (May 2025). (said on 2025-06-02)");
    const { body: snippets } = await send(server, "POST /v1/memories/search", batch(server), search);
    expect(snippets.results[0].occurred_at).toBe("2025-06-02T01:30:00.000Z");
  });

  test("unknown groups do not fail the job: they are returned", async () => {
    const group_ids = ["grp_0123456789abcdef0123456789abcdef", "whatever"];
    const { body } = await send(server, "POST /v1/memories?wait=true", ingest(server), {
      ...said("hal", "I live in Rome."),
      group_ids,
    });
    expect(body.result.ignored_group_ids).toEqual(group_ids);
  });

  test("two jobs of one user at once store a common fact once", async () => {
    const jobs = await Promise.all(
      Array.from({ length: 8 }, () => hear("ida", "I live in Oslo. I love skiing.")),
    );
    expect(jobs.flatMap((job) => learnedTextsOf(job.result.memories_created)).toSorted()).toEqual([
      "User lives in Oslo.",
      "User loves skiing.",
    ]);
  });
});

describe("memories in the ingest dialect", () => {
  test("are listed page by page, newest first, each once", async () => {
    const { result } = await hear(
      "kim",
      "I like tea.",
      "I like jazz.",
      "I have a dog.",
      "I play chess.",
      "I work as a nurse.",
    );
    expect(result.memories_created.map(({ type }: { type: string }) => type)).toEqual([
      ...Array.from({ length: 5 }, () => "fact"),
      "episode",
    ]);
    const seen: string[] = [];
    for (let cursor = ""; ;) {
      const { body } = await send(server, `GET /v1/memories?user_id=kim&limit=2${cursor}`, ingest(server));
      expect(body.object).toBe("list");
      seen.push(...body.data.map((memory: { id: string }) => memory.id));
      expect(body.has_more).toBe(body.next_cursor !== null);
      if (!body.has_more) break;
      cursor = `&cursor=${body.next_cursor}`;
    }
    expect(seen).toEqual(result.memories_created.map((memory: { id: string }) => memory.id).toReversed());
    const oldest = await send(server, "GET /v1/memories?user_id=kim&order=created_at_asc", ingest(server));
    expect(oldest.body.data.map((memory: { id: string }) => memory.id)).toEqual(seen.toReversed());
  });

  test("a cursor belongs to an order and an organisation; filters may change", async () => {
    const { body } = await send(server, "GET /v1/memories?user_id=kim&limit=1", ingest(server));
    const list = (query: string, headers = ingest(server)) =>
      send(server, `GET /v1/memories?cursor=${body.next_cursor}&${query}`, headers);
    const narrowed = await list("user_id=kim&type=fact&limit=2");
    expect([narrowed.status, narrowed.body.data.length]).toEqual([200, 2]);
    expect((await list("user_id=nobody")).body.data).toEqual([]);
    for (const answer of [
      await list("user_id=kim&order=created_at_asc"),
      await send(server, `GET /v1/jobs?cursor=${body.next_cursor}`, ingest(server)),
    ])
      expect([answer.status, answer.body.error.code]).toEqual([422, "cursor_mismatch"]);
  });

  test("have every field of the wire", async () => {
    const { result } = await hear("lea", "I live in Bern.");
    const { body } = await send(server, `GET /v1/memories/${result.memories_created[0].id}`, ingest(server));
    expect(body).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-/),
      object: "memory",
      type: "fact",
      text: "User lives in Bern.",
      user_id: "lea",
      agent_id: null,
      conv_id: "talk of lea",
      app_id: null,
      group_ids: [],
      categories: [],
      score: null,
      created_at: expect.any(String),
      updated_at: expect.any(String),
      details: expect.objectContaining({ fact_type: "home", status: "active", supersedes: null }),
    });
  });

  test("are found by their words, best first, with a block for a prompt", async () => {
    await hear("mia", "I love skiing in winter.", "I live in Graz.", "I play the cello.");
    const search = { query: "where does she live", user_id: "mia", include: ["fact"] };
    const { body } = await send(server, "POST /v1/memories/search", ingest(server), search);
    expect(body).toMatchObject({ object: "search", mode: "compose", context_selection_applied: false });
    expect(textsOf(body.data)).toEqual(["User lives in Graz."]);
    expect(body.data[0].score).toBeGreaterThan(0);
    expect(body.context).toContain("User lives in Graz.");
    const retrieve = await send(server, "POST /v1/memories/search", ingest(server), {
      ...search,
      mode: "retrieve",
    });
    expect(retrieve.body.context).toBeNull();
  });

  test("a superseded memory is not found", async () => {
    await hear("nik", "I live in Paris.");
    await hear("nik", "I moved to Berlin.");
    const { body } = await send(server, "POST /v1/memories/search", ingest(server), {
      query: "Paris Berlin",
      user_id: "nik",
      include: ["fact"],
    });
    expect(textsOf(body.data)).toEqual(["User moved to Berlin."]);
  });

  test("are deleted once: 204, then 404", async () => {
    const { result } = await hear("oli", "I live in Kyiv.");
    const path = `/v1/memories/${result.memories_created[0].id}`;
    expect((await send(server, `DELETE ${path}`, ingest(server))).status).toBe(204);
    expect((await send(server, `DELETE ${path}`, ingest(server))).body.error.code).toBe("memory_not_found");
    expect((await send(server, `GET ${path}`, ingest(server))).status).toBe(404);
  });
});

describe("memories in the batch dialect", () => {
  const memory = {
    content: "Paul prefers trains.",
    user_id: "paul",
    run_id: "r1",
    metadata: { source: "crm", deep: { a: [1] } },
  };

  test("are stored unchanged with 201, and can be read by each form of their id in each dialect", async () => {
    const created = await send(server, "POST /v1/memories", batch(server), {
      ...memory,
      timestamp: "2025-01-31",
    });
    expect([created.status, created.body]).toEqual([
      201,
      {
        ...memory,
        id: expect.stringMatching(/^mem_[0-9a-f]{32}$/),
        agent_id: null,
        occurred_at: "2025-01-31T00:00:00.000Z",
        created_at: expect.any(String),
        updated_at: expect.any(String),
        facts: [],
        status: "processing",
      },
    ]);
    const read = await send(server, `GET /v1/memories/${created.body.id}`, batch(server));
    const later = { ...created.body, facts: expect.any(Array), status: expect.any(String) }; // mined meanwhile
    expect(read.body).toEqual(later);
    const { body } = await send(server, `GET /v1/memories/${created.body.id}`, ingest(server));
    expect(body).toMatchObject({ object: "memory", text: memory.content, user_id: "paul" });
    expect((await send(server, `GET /v1/memories/${body.id}`, batch(server))).body).toEqual(later);
  });

  test("are previews in the ingest dialect, which has the whole text in full_content", async () => {
    const filler = "The committee reviewed the minutes of the meeting and adjourned. ".repeat(30);
    const content = `${filler}The vault code is tangerine seven. ${filler}`;
    const owner = { user_id: "pia" };
    const { body: created } = await send(server, "POST /v1/memories", batch(server), { content, ...owner });
    const asIngest = async (route: string, sent?: object) =>
      (await send(server, route, ingest(server), sent)).body;
    const read = await asIngest(`GET /v1/memories/${created.id}`);
    expect(read).toMatchObject({ text: content.slice(0, 800), details: { full_content: content } });
    const list = async (query: string) =>
      (await asIngest(`GET /v1/memories?user_id=pia&type=episode${query}`)).data[0];
    expect((await list("")).text).toBe(content.slice(0, 800));
    expect((await list("")).details).not.toHaveProperty("full_content");
    expect((await list("&include=full_content")).details.full_content).toBe(content);
    const query = "Which tangerine opens the vault?";
    const { data, context } = await asIngest("POST /v1/memories/search", { query, ...owner });
    expect(data[0].text).toContain("tangerine seven");
    expect(data[0].text.length).toBeLessThanOrEqual(800);
    expect(context).toContain("tangerine seven");
  });

  test("are listed newest first with their total, without facts", async () => {
    for (const content of ["a", "b", "c"])
      await send(server, "POST /v1/memories", batch(server), { content, user_id: "quin" });
    const { body } = await send(server, "GET /v1/memories?user_id=quin&limit=2&offset=1", batch(server));
    expect(body.total).toBe(3);
    expect(body.memories.map((each: { content: string }) => each.content)).toEqual(["b", "a"]);
    expect(body.memories[0]).not.toHaveProperty("facts");
  });

  test("are listed in the order in which they were written, whatever their timestamps", async () => {
    const write = (content: string, timestamp: string | null) =>
      send(server, "POST /v1/memories", batch(server), { content, user_id: "quim", timestamp });
    await write("sold", "2021-03-01");
    await write("today", null);
    await write("bought", "2019-03-01T10:00:00+02:00");
    const { body } = await send(server, "GET /v1/memories?user_id=quim", batch(server));
    expect(
      body.memories.map((each: { content: string; occurred_at: string }) => [each.content, each.occurred_at]),
    ).toEqual([
      ["bought", "2019-03-01T08:00:00.000Z"],
      ["today", null],
      ["sold", "2021-03-01T00:00:00.000Z"],
    ]);
  });

  test("are found by words and metadata, in snippets of at most 280 characters", async () => {
    const content = `Trains. ${"🚂 and then some words ".repeat(30)}`;
    await send(server, "POST /v1/memories", batch(server), {
      content,
      user_id: "rosa",
      metadata: { a: 1, b: 2 },
    });
    await send(server, "POST /v1/memories", batch(server), {
      content: "Other trains.",
      user_id: "rosa",
      metadata: { a: 2 },
    });
    const search = { query: "train", user_id: "rosa", metadata: { a: 1 } };
    const { body } = await send(server, "POST /v1/memories/search", batch(server), search);
    expect(body.results).toEqual([
      {
        id: expect.stringMatching(/^mem_/),
        score: expect.any(Number),
        snippet: Array.from(content).slice(0, 280).join(""),
        user_id: "rosa",
        agent_id: null,
        metadata: { a: 1, b: 2 },
        occurred_at: null,
      },
    ]);
  });

  test("can be forgotten once, with a receipt", async () => {
    const { body } = await send(server, "POST /v1/memories", batch(server), { content: "x", user_id: "sam" });
    const deleted = await send(server, `DELETE /v1/memories/${body.id}`, batch(server));
    expect([deleted.status, deleted.body]).toEqual([
      200,
      { id: body.id, status: "forgotten", facts_invalidated: 0, audit_id: expect.any(String) },
    ]);
    const again = await send(server, `DELETE /v1/memories/${body.id}`, batch(server));
    expect([again.status, again.body.code]).toEqual([404, "not_found"]);
  });

  test("every character that may be stored is returned unchanged", async () => {
    const content = "\u0001\u001f\u007f\u2028 \ufeff 👩‍👩‍👧 \u{10ffff} ﷽ \\ \" ' $1 %s";
    const { body } = await send(server, "POST /v1/memories", batch(server), {
      content,
      metadata: { [content]: content },
    });
    const read = await send(server, `GET /v1/memories/${body.id}`, batch(server));
    expect([read.body.content, read.body.metadata]).toEqual([content, { [content]: content }]);
  });
});
