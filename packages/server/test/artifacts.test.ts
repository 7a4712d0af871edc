import { learnedOf } from "@memlane/core/internal";
import type { TestServer } from "@memlane/server/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ingest, send } from "./http.ts";
import { startServerOnTestDatabase } from "./test-database.ts";

interface Artifact {
  readonly id: string;
  readonly details: { readonly version: number; readonly root_id: string };
}

let server: TestServer;
beforeAll(async () => {
  server = await startServerOnTestDatabase();
}, 30_000);
afterAll(() => server?.stop());

const call = (route: string, body?: unknown) => send(server, route, ingest(server), body);
const talk = async (user_id: string, content: string, extract_artifacts = true) => {
  const messages = [{ role: "assistant", content }];
  const { body } = await call("POST /v1/memories?wait=true", {
    messages,
    user_id,
    conv_id: "c",
    extract_artifacts,
  });
  expect(body.status).toBe("succeeded");
  return { ...body.result, memories_created: learnedOf(body.result.memories_created) };
};
const code = (limit: number) => `def take(items):\n    limit = ${limit}\n    return items[:limit]`;
const reply = (limit: number) => `Here is the function:\n\`\`\`python\n${code(limit)}\n\`\`\`\nEnjoy!`;

test("code is kept as an artifact with its whole content, and search finds it", async () => {
  const { memories_created: created, messages } = await talk("ann", reply(3));
  expect(created).toEqual([
    { id: expect.any(String), type: "artifact", text: expect.stringContaining("def take") },
  ]);
  expect(messages[0]).toMatchObject({ outcome: "stored", memory_ids: [created[0].id] });
  const { body } = await call(`GET /v1/memories/${created[0].id}`);
  expect(body.details).toMatchObject({
    title: "Here is the function",
    rationale: "Code in a message of the role assistant",
    version: 1,
    root_id: body.id,
    episode_ids: [body.details.episode_id],
    full_content: code(3),
  });
  const list = await call("GET /v1/memories?user_id=ann&type=artifact");
  expect(list.body.data[0].details).not.toHaveProperty("full_content");
  for (const include of ["full_content", "full_content,", "%20full_content"]) {
    const whole = await call(`GET /v1/memories?user_id=ann&type=artifact&include=${include}`);
    expect(whole.body.data[0].details.full_content).toBe(code(3));
  }
  const found = await call("POST /v1/memories/search", {
    query: "function to take items",
    user_id: "ann",
    include: ["artifact"],
  });
  expect(found.body.data[0].id).toBe(body.id);
});

test("the same artifact is updated; another with its title is the next version", async () => {
  const [first] = (await talk("bob", reply(3))).memories_created;
  const again = await talk("bob", reply(3));
  expect([again.memories_created, again.memories_updated]).toEqual([[], [first]]);
  const changed = await talk("bob", reply(4));
  const [second] = changed.memories_created;
  expect(changed.memories_superseded_by).toEqual({ [first.id]: second.id });
  const revisions = await call(`GET /v1/memories/${second.id}/revisions`);
  expect(
    revisions.body.data.map(({ id, details }: Artifact) => [id, details.version, details.root_id]),
  ).toEqual([
    [first.id, 1, first.id],
    [second.id, 2, first.id],
  ]);
  const both = await talk("cid", `${reply(5)}\n${reply(6)}`);
  expect(Object.keys(both.memories_superseded_by)).toHaveLength(1);
});

test("facts, artifacts and episodes from the same messages name each other", async () => {
  const { body } = await call("POST /v1/memories?wait=true", {
    messages: [{ role: "user", content: `I live in Rome.\n${reply(7)}` }],
    user_id: "fay",
    conv_id: "c",
    extract_artifacts: true,
  });
  const idOf = (type: string) =>
    body.result.memories_created.find((one: { type: string }) => one.type === type).id;
  const detailsOf = async (type: string) => (await call(`GET /v1/memories/${idOf(type)}`)).body.details;
  const [artifact, fact, episode] = ["artifact", "fact", "episode"].map(idOf);
  expect(await detailsOf("fact")).toMatchObject({
    artifact_id: artifact,
    artifact_ids: [artifact],
    episode_id: episode,
  });
  expect(await detailsOf("artifact")).toMatchObject({ source_fact_ids: [fact], episode_ids: [episode] });
  expect(await detailsOf("episode")).toMatchObject({ fact_ids: [fact], artifact_ids: [artifact] });
});

test("an artifact that is met again in another conversation names both episodes, and they name it", async () => {
  const meet = async (conv_id: string) => {
    const { body } = await call("POST /v1/memories?wait=true", {
      messages: [{ role: "assistant", content: reply(8) }],
      user_id: "gus",
      conv_id,
      extract_artifacts: true,
    });
    return body.result.memories_created;
  };
  const [[artifact, one], [other]] = [await meet("one"), await meet("other")];
  const detailsOf = async ({ id }: { id: string }) => (await call(`GET /v1/memories/${id}`)).body.details;
  expect(await detailsOf(artifact)).toMatchObject({ episode_id: one.id, episode_ids: [one.id, other.id] });
  for (const episode of [one, other])
    expect(await detailsOf(episode)).toMatchObject({ artifact_ids: [artifact.id] });
});

test("nothing is kept unless artifacts are requested", async () => {
  expect((await talk("dan", reply(3), false)).memories_created).toEqual([]);
});

test("deleting an artifact deletes its content", async () => {
  const [{ id }] = (await talk("eve", reply(9))).memories_created;
  expect((await call(`DELETE /v1/memories/${id}`)).status).toBe(204);
  const list = await call("GET /v1/memories?user_id=eve&include=full_content");
  expect(list.body.data).toEqual([]);
});
