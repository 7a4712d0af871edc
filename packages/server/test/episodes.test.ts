// Episodes: the words of conversations, kept and found.
import type { MemoryId } from "@memlane/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "../src/base/new-id.ts";
import { printMessageParts, splitText } from "../src/pipeline/normalise/episode-parts.ts";
import { deleteOldMessages } from "../src/store/delete-messages.ts";
import { normaliseMessages } from "../src/pipeline/normalise/normalise-messages.ts";
import { insertEpisode } from "../src/store/episodes.ts";
import { searchText } from "../src/search/search-text.ts";
import { insertOrg } from "../src/store/orgs.ts";

import { batch, ingest, send } from "./http.ts";
import { startServerOnTestDatabase, type ServerOnTestDatabase } from "./test-database.ts";

let server: ServerOnTestDatabase;
beforeAll(async () => {
  server = await startServerOnTestDatabase();
}, 60_000);
afterAll(() => server?.stop());

const asIngest = (route: string, body?: unknown) => send(server, route, ingest(server), body);

/** Sends lines such as `Ann: Hello.` as one conversation; each has a `dia_id`, from d1. */
async function converse(user_id: string, lines: readonly string[], more: object = {}) {
  const messages = lines.map((line, index) => {
    const [role = "", content = ""] = line.split(": ");
    return { role, content, date: "2023-05-08T13:56:00Z", dia_id: `d${index + 1}` };
  });
  const sent = { messages, user_id, conv_id: "c", ...more };
  return (await asIngest("POST /v1/memories?wait=30", sent)).body;
}

const search = async (user_id: string, query: string, more: object = {}) =>
  (await asIngest("POST /v1/memories/search", { user_id, query, ...more })).body;

/** The `dia_id`s of the messages that a query finds. */
const find = async (user_id: string, query: string) =>
  (await search(user_id, query, { include: ["episode"] })).data.flatMap(
    ({ details }: { details: { source_event_ids: string[] } }) => details.source_event_ids,
  );

const episodesOf = async (user_id: string) =>
  (await asIngest(`GET /v1/memories?type=episode&user_id=${user_id}`)).body.data;

/** The number of message rows that contain a word, in their text or in their index. */
const rowsWith = async (word: string) =>
  (
    await server.database.query(
      "select from memlane.message as line where strpos(lower(to_jsonb(line)::text), lower($1)) > 0",
      [word],
    )
  ).length;

describe("a search finds messages", () => {
  test("with their words as sent, their speaker, their date, their dia_id and their episode", async () => {
    await converse("ann", ["Caroline: I went to a support group yesterday.", "Melanie: How was it?"]);
    const [found] = (await search("ann", "When did Caroline go to the support group?")).data;
    const [episode] = await episodesOf("ann");
    expect(found).toMatchObject({
      type: "episode",
      text: "Caroline, 8 May 2023: I went to a support group yesterday (7 May 2023).",
      user_id: "ann",
      conv_id: "c",
      details: {
        quote: "I went to a support group yesterday.",
        source_role: "Caroline",
        source_event_ids: ["d1"],
        occurred_at: "2023-05-08T13:56:00.000Z",
        episode_id: episode.id,
        title: "Caroline and Melanie, 8 May 2023",
      },
    });
    expect(found.score).toBeGreaterThan(0);
    for (const id of [found.id, episode.id]) {
      expect((await asIngest(`GET /v1/memories/${id}`)).body).toMatchObject({ id, type: "episode" });
      expect((await asIngest(`GET /v1/memories/${id}/revisions`)).body.data).toHaveLength(1);
    }
    const asBatch = await send(server, "POST /v1/memories/search", batch(server), {
      query: "support group",
      user_id: "ann",
    });
    expect(asBatch.body.results[0]).toMatchObject({ snippet: found.text, quote: found.details.quote });
    const said = (await asIngest(`GET /v1/memories/${episode.id}/sources`)).body.data;
    expect(said.map(({ details }: { details: { quote: string } }) => details.quote)).toEqual([
      "I went to a support group yesterday.",
      "How was it?",
    ]);
  });

  test("and a memory names the messages that it comes from", async () => {
    await converse("una", ["user: I have a dog called Rex.", "assistant: How nice!"]);
    const [memory] = (await asIngest("GET /v1/memories?user_id=una&type=fact")).body.data;
    const { body } = await asIngest(`GET /v1/memories/${memory.id}/sources`);
    expect(body.data.map(({ text }: { text: string }) => text)).toEqual([
      "user, 8 May 2023: I have a dog called Rex.",
    ]);
    expect(body.data[0].details.fact_ids).toContain(memory.id);
  });

  test("and the source of a dated memory is quoted as it was said", async () => {
    await converse("uwe", ["user: I moved to Berlin last month."]);
    const [memory] = (await asIngest("GET /v1/memories?user_id=uwe&type=fact")).body.data;
    expect(memory.text).toBe("User moved to Berlin last month (April 2023).");
    const { body } = await asIngest(`GET /v1/memories/${memory.id}/sources`);
    expect(body.data[0].text).toBe("user, 8 May 2023: I moved to Berlin last month.");
  });

  test("a message with a word of the topic comes before one that only follows a word of the query", async () => {
    await converse("wim", ["user: I live in Paris.", "assistant: Noted."]);
    await converse("wim", ["user: I moved to Berlin last month."]);
    expect(await find("wim", "where does the user live")).toEqual(["d1", "d1", "d2"]);
  });

  test("by the words of the message before, and by the speaker", async () => {
    await converse("bob", [
      "Jon: What is your dog called?",
      "Gina: Max!",
      "Jon: I have a cat.",
      "Gina: I see.",
    ]);
    expect(await find("bob", "dog called")).toEqual(["d1", "d2", "d3"]);
    expect((await find("bob", "Gina dog"))[0]).toBe("d2");
    expect((await find("bob", "May 2023 cat"))[0]).toBe("d3");
  });

  test("across requests of one conversation", async () => {
    await converse("cleo", ["assistant: What is your favourite tea?"]);
    await converse("cleo", ["user: Lapsang."]);
    const { data } = await search("cleo", "favourite tea", { include: ["episode"] });
    expect(data.map(({ text }: { text: string }) => text)).toEqual([
      "assistant, 8 May 2023: What is your favourite tea?",
      "user, 8 May 2023: Lapsang.",
    ]);
  });

  test("unless facts alone are asked for", async () => {
    await converse("dora", ["user: I live in Graz."]);
    const { data } = await search("dora", "Graz", { include: ["fact"] });
    expect(data.map(({ type }: { type: string }) => type)).toEqual(["fact"]);
  });

  test("and marks those whose facts were superseded", async () => {
    await converse("emil", ["user: I live in Paris."]);
    await converse("emil", ["user: I moved to Berlin."]);
    const { data, context } = await search("emil", "Paris", { include: ["episode"] });
    expect(data[0].details.status).toBe("superseded");
    expect(context).toMatch(/^## What was said\n- user, 8 May 2023: I live in Paris\. \(no longer so\)\n/);
  });

  test("of one user only, and none if it asks for a run", async () => {
    await converse("fred", ["user: The password hint is marmalade."]);
    expect(await find("greta", "marmalade")).toEqual([]);
    const { body } = await send(server, "POST /v1/memories/search", batch(server), {
      query: "marmalade",
      run_id: "r",
    });
    expect(body.results).toEqual([]);
  });
});

test("a search adds the memories from the same messages, if asked, within its scope", async () => {
  const said = { messages: [{ role: "user", content: "I live in Bergen." }], conv_id: "c" };
  await asIngest("POST /v1/memories?wait=true", { ...said, user_id: "xena", app_id: "notes" });
  const { data: plain } = await search("xena", "Bergen");
  expect(plain.every((memory: object) => !("expanded" in memory))).toBe(true);
  const { data } = await search("xena", "Bergen", { expand: ["facts", "episodes"] });
  const byType = (type: string) => data.find((memory: { type: string }) => memory.type === type);
  const [episode] = await episodesOf("xena");
  expect(byType("fact").expanded).toEqual({ facts: [], episodes: [episode] });
  expect(byType("episode").expanded).toMatchObject({
    facts: [{ type: "fact", text: "User lives in Bergen." }],
    episodes: [{ id: episode.id }],
  });
  const refused = await asIngest("POST /v1/memories/search", {
    query: "x",
    user_id: "xena",
    expand: ["jobs"],
  });
  expect([refused.status, refused.body.error.code]).toEqual([422, "invalid_request"]);
});

describe("an episode", () => {
  test("names its span, its messages and its facts, and the facts name it", async () => {
    const job = await converse("hugo", ["user: I live in Bern.", "assistant: Nice."]);
    const [fact] = job.result.memories_created;
    const [episode, ...others] = await episodesOf("hugo");
    expect(others).toEqual([]);
    expect(episode.details).toMatchObject({
      started_at: "2023-05-08T13:56:00.000Z",
      ended_at: "2023-05-08T13:56:00.000Z",
      source_event_ids: ["d1", "d2"],
      fact_ids: [fact.id],
    });
    expect((await asIngest(`GET /v1/memories/${fact.id}`)).body.details.episode_id).toBe(episode.id);
  });

  test("makes its agent one that is listed and erased, though it has no memories", async () => {
    await converse("ivy", ["user: Hey!"], { agent_id: "quiet" });
    const listed = async () => (await send(server, "GET /v1/agents", batch(server))).body;
    const { agents, total, used } = await listed();
    const quiet = { agent_id: "quiet", memories: 0, facts: 0, episodes: 1, last_active: expect.any(String) };
    expect(agents[0]).toEqual(quiet);
    expect(total - used).toBe(1);
    const { body } = await send(server, "DELETE /v1/agents/quiet", batch(server));
    expect(body).toMatchObject({ memories_deleted: 0, messages_deleted: 1 });
    expect((await listed()).total).toBe(total - 1);
  });

  test("has a history in the batch dialect, like each of its messages", async () => {
    const talk = {
      user_id: "holly",
      conv_id: "h",
      messages: [
        { role: "user", content: "I live in Oslo." },
        { role: "user", content: "What a day!" },
      ],
    };
    const { body: job } = await send(server, "POST /v1/memories?wait=true", ingest(server), talk);
    const episode = job.result.memories_created.find(({ type }: { type: string }) => type === "episode");
    const historyOf = async (id: string) => {
      const { status, body } = await send(server, `GET /v1/memories/${id}/history`, batch(server));
      expect(status).toBe(200);
      return body.events.map(({ event }: { event: string }) => event);
    };
    expect(await historyOf(episode.id)).toEqual(["created", "fact_extracted"]);
    const historiesOf = async (query: string) => {
      const found = await send(server, "POST /v1/memories/search", batch(server), {
        query,
        user_id: "holly",
      });
      return found.body.results.map(({ id }: { id: string }) => historyOf(id));
    };
    expect(await Promise.all(await historiesOf("What a day"))).toContainEqual(["created"]);
    const other = "01a200c8-1c71-7082-b2ef-6859d0ac0001";
    expect((await send(server, `GET /v1/memories/${other}/history`, batch(server))).status).toBe(404);
  });

  test("keeps what is new when a client sends its whole history again", async () => {
    await converse("ida", ["user: One.", "user: Two."]);
    await converse("ida", ["user: One.", "user: Two.", "user: Three."]);
    await converse("ida", ["user: One.", "user: Two.", "user: Three."]);
    const episodes = await episodesOf("ida");
    expect(
      episodes.map(({ details }: { details: { source_event_ids: string[] } }) => details.source_event_ids),
    ).toEqual([["d3"], ["d1", "d2"]]);
  });

  test("contains no secret", async () => {
    await converse("jan", ["user: My key is AKIAIOSFODNN7EXAMPLE, keep it."]);
    expect(await rowsWith("AKIAIOSFODNN7")).toBe(0);
  });

  test("is deleted with its words", async () => {
    await converse("kim", ["user: Xylophones are loud."]);
    await converse("kim", ["user: So they are."]);
    expect(await rowsWith("xylophon")).toBe(2); // the message, and the index of the one after it
    const [, episode] = await episodesOf("kim");
    expect((await asIngest(`DELETE /v1/memories/${episode.id}`)).status).toBe(204);
    expect(await rowsWith("xylophon")).toBe(0);
    expect((await asIngest(`DELETE /v1/memories/${episode.id}`)).status).toBe(404);
  });

  test("loses the messages that a deleted memory comes from, in every conversation", async () => {
    const job = await converse("lea", ["user: I live in Zanzibar.", "user: Hm.", "user: Well."]);
    await converse("lea", ["user: I live in Zanzibar!"], { conv_id: "another" });
    expect(await rowsWith("zanzibar")).toBe(4);
    await asIngest(`DELETE /v1/memories/${job.result.memories_created[0].id}`);
    expect(await rowsWith("zanzibar")).toBe(0);
    expect((await episodesOf("lea")).length).toBe(1);
  });

  test("is deleted when its messages are older than allowed", async () => {
    await converse("mia", ["user: Quinces are sour."]);
    expect(await rowsWith("quinc")).toBe(1);
    await deleteOldMessages(server.database, 1, 1000);
    expect(await rowsWith("quinc")).toBe(1);
    while ((await deleteOldMessages(server.database, 0, 1000)) > 0);
    expect(await episodesOf("mia")).toEqual([]);
  });
});

test("with MEMLANE_KEEP_SOURCES_DAYS=0 no messages are kept", async () => {
  const forgetful = await startServerOnTestDatabase({ environment: { MEMLANE_KEEP_SOURCES_DAYS: "0" } });
  try {
    const messages = [{ role: "user", content: "I live in Oslo." }];
    const sent = { messages, user_id: "nina", conv_id: "c" };
    await send(forgetful, "POST /v1/memories?wait=30", ingest(forgetful), sent);
    expect(await forgetful.database.query("select from memlane.memory")).toHaveLength(1);
    expect(await forgetful.database.query("select from memlane.message")).toEqual([]);
  } finally {
    await forgetful.stop();
  }
}, 60_000);

test("a long message is kept in parts that end at spaces", () => {
  const text = Array.from({ length: 600 }, (_, index) => `word${index}`).join(" ");
  const parts = splitText(text);
  expect(parts.join(" ")).toBe(text);
  for (const part of parts) expect(part.length).toBeLessThanOrEqual(800);
  expect(splitText("😀".repeat(1000)).join("")).toBe("😀".repeat(1000));
  expect(splitText(" \n ")).toEqual([]);
});

test("messages of other organisations do not change the order", async () => {
  const scores = async () => {
    const orgId = newId();
    await insertOrg(server.database, orgId);
    await keep(orgId, ["The harbour was foggy.", "A foggy day.", "A day at the harbour."]);
    const found = await searchText(server.database, {
      orgId,
      filter: {},
      query: "foggy harbour",
      limit: 10,
    });
    return found.map(({ text, score }) => [text, score]);
  };
  const before = await scores();
  const other = newId();
  await insertOrg(server.database, other);
  await keep(
    other,
    Array.from({ length: 300 }, (_, index) => `Foggy ${index}.`),
  );
  expect(await scores()).toEqual(before);
  expect(before[0]?.[0]).toBe("user: The harbour was foggy.");
});

/** Keeps texts as an episode. */
async function keep(orgId: string, texts: readonly string[]): Promise<void> {
  await insertEpisode(server.database, orgId, {
    id: newId() as MemoryId,
    userId: "u",
    agentId: null,
    appId: null,
    conversationId: "c",
    parts: printMessageParts(normaliseMessages(texts.map((content) => ({ role: "user", content })))),
    memoryIds: [],
  });
}

test("of thousands of messages, all are kept, in their order and with those before them", async () => {
  const orgId = newId();
  await insertOrg(server.database, orgId);
  await keep(
    orgId,
    Array.from({ length: 1200 }, (_, index) =>
      index === 499 ? "Marmots whistle." : `Remark ${index % 700}.`,
    ),
  );
  const found = await searchText(server.database, { orgId, filter: {}, query: "marmot", limit: 10 });
  expect(found.map(({ text }) => text)).toEqual([
    "user: Marmots whistle.",
    "user: Remark 500.",
    "user: Remark 501.",
  ]);
  const rows = await server.database.query<{ count: number }>(
    "select count(*)::integer as count from memlane.message where org_id = $1",
    [orgId],
  );
  expect(rows).toEqual([{ count: 1200 }]);
});

test("a search for one word lists messages with it before messages that only follow one", async () => {
  const orgId = newId();
  await insertOrg(server.database, orgId);
  await keep(orgId, [
    "My dog is ill.",
    "Oh no!",
    "He ate.",
    "The weather is fine.",
    "Really fine.",
    `I walked with the dog ${"along the river and over the hills ".repeat(20)}`,
  ]);
  const found = await searchText(server.database, { orgId, filter: {}, query: "dog", limit: 10 });
  expect(found.slice(0, 2).every(({ text }) => text.includes("dog"))).toBe(true);
});
