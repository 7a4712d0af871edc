// Lessons and procedures: found in conversations of agents, and recalled by exact identifiers.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { batch, ingest, send } from "./http.ts";
import { tablesWith } from "./tables-with.ts";
import { startServerOnTestDatabase, type ServerOnTestDatabase } from "./test-database.ts";

let server: ServerOnTestDatabase;
beforeAll(async () => {
  server = await startServerOnTestDatabase();
}, 30_000);
afterAll(() => server?.stop());

const ask = (path: string, body?: unknown) => send(server, path, ingest(server), body);
let conversation = 0;
async function learn(user_id: string, content: string, options: Record<string, unknown> = {}) {
  const { status, body } = await ask("POST /v1/memories?wait=true", {
    messages: [{ role: "user", content }],
    user_id,
    conv_id: `c${(conversation += 1)}`,
    agentic: true,
    ...options,
  });
  expect([status, body.status]).toEqual([200, "succeeded"]);
  return body.result;
}
const trigger = (body: Record<string, unknown>) => ask("POST /v1/memories/trigger", body);
const recalled = async (body: Record<string, unknown>) => (await trigger(body)).body.data;

describe("a conversation of an agent", () => {
  test("leaves lessons, which an action recalls", async () => {
    const { memories_created } = await learn(
      "ann",
      "Next time, run migrate.sh before `pnpm deploy`, because it locks tables.",
    );
    expect(memories_created.map(({ type }: { type: string }) => type)).not.toContain("lesson");
    const { status, body } = await trigger({
      user_id: "ann",
      action: { tool: "bash", args: { command: "cd /app && pnpm deploy --prod" } },
    });
    expect([status, body]).toMatchObject([
      200,
      { object: "search", mode: "compose", has_more: false, next_cursor: null },
    ]);
    expect(body.data).toMatchObject([
      {
        type: "lesson",
        text: "Run migrate.sh before `pnpm deploy`, because it locks tables.",
        score: null,
        user_id: "ann",
        details: {
          fact_type: "lesson",
          trigger_entities: ["migrate.sh", "pnpm deploy"],
          matched_on: ["pnpm deploy"],
          because: "it locks tables",
          confidence: 0.9,
          observation_count: 1,
          last_confirmed_at: expect.stringMatching(/Z$/),
          steps: null,
        },
      },
    ]);
    expect(body.context).toBe("## Lessons\n- Run migrate.sh before `pnpm deploy`, because it locks tables.");
    const briefly = await trigger({ user_id: "ann", entities: ["migrate.sh"], mode: "retrieve" });
    expect(briefly.body).toMatchObject({
      context: null,
      data: [{ details: { because: null, confidence: null, matched_on: ["migrate.sh"] } }],
    });
    const listed = await ask("GET /v1/memories?user_id=ann&type=lesson");
    expect(listed.body.data).toMatchObject([{ details: { matched_on: [], because: "it locks tables" } }]);
  });

  test("leaves procedures, with their steps", async () => {
    await learn("bea", "How to release:\n1. Run `pnpm version`\n2. Push the tag");
    const [procedure] = await recalled({
      user_id: "bea",
      entities: ["pnpm version"],
      include: ["procedure"],
    });
    expect(procedure).toMatchObject({
      type: "procedure",
      text: "How to release:\n1. Run `pnpm version`\n2. Push the tag",
      details: { fact_type: "procedure", steps: ["Run `pnpm version`", "Push the tag"] },
    });
    expect(await recalled({ user_id: "bea", entities: ["pnpm version"], include: ["lesson"] })).toEqual([]);
  });

  test("confirms a lesson that is known", async () => {
    await learn("cat", "Always run lint.sh before git push.");
    const [created] = await recalled({ user_id: "cat", entities: ["git push"] });
    await learn("cat", "always run lint.sh before git push.");
    const rows = await recalled({ user_id: "cat", entities: ["git push"] });
    expect(rows).toMatchObject([{ id: created.id, details: { observation_count: 2 } }]);
  });

  test("leaves none without `agentic`", async () => {
    await learn("dot", "Always run lint.sh before git push.", { agentic: false });
    expect(await recalled({ user_id: "dot", entities: ["git push"] })).toEqual([]);
  });

  test("leaves lessons that only their namespace recalls, or every namespace if they have none", async () => {
    await learn("eve", "Always run one.sh before git push.", { namespace: "one" });
    await learn("eve", "Always run two.sh before git push.", { namespace: "two" });
    await learn("eve", "Always run all.sh before git push.");
    const textsIn = async (namespace?: string) =>
      (await recalled({ user_id: "eve", entities: ["git push"], namespace }))
        .map(({ text }: { text: string }) => text.split(" ")[2])
        .toSorted();
    expect(await textsIn("one")).toEqual(["all.sh", "one.sh"]);
    expect(await textsIn()).toEqual(["all.sh"]);
  });
});

test("an identifier must match exactly, and the lesson must be in scope", async () => {
  await learn("fay", "Always run check.sh before editing src/app.ts.", { agent_id: "coder" });
  const ids = async (body: Record<string, unknown>) => (await recalled(body)).length;
  expect(await ids({ user_id: "fay", entities: ["src/app.ts"] })).toBe(1);
  expect(await ids({ user_id: "fay", action: { tool: "edit", args: { path: "/repo/src/app.ts" } } })).toBe(1);
  expect(await ids({ agent_id: "coder", entities: ["check.sh"] })).toBe(1);
  for (const entity of ["src/app.tsx", "SRC/APP.TS", "src/app", "application"])
    expect(await ids({ user_id: "fay", entities: [entity] })).toBe(0);
  expect(await ids({ user_id: "gus", entities: ["src/app.ts"] })).toBe(0);
  expect(await ids({ user_id: "fay", agent_id: "other", entities: ["src/app.ts"] })).toBe(0);
});

test("an erased user's lessons are gone from every table", async () => {
  await learn("pia", "Always run quagmire.sh before git push.");
  expect(await tablesWith(server.database, "quagmire.sh")).toContain("trigger_entity");
  await send(server, "DELETE /v1/users/pia/memories", batch(server));
  expect(await tablesWith(server.database, "quagmire")).toEqual([]);
});

test("a group recalls the lessons that were shared with it", async () => {
  const { body: group } = await ask("POST /v1/groups", { name: "Team" });
  await learn("quin", "Always run team.sh before git push.", { group_ids: [group.id] });
  await learn("quin", "Always run mine.sh before git push.");
  const rows = await recalled({ group_ids: [group.id], entities: ["git push"] });
  expect(rows).toMatchObject([{ text: "Always run team.sh before git push.", group_ids: [group.id] }]);
});

test("what fits the task comes first", async () => {
  await learn("hal", "Always run one.sh before git push, for the website.");
  await learn("hal", "Always run two.sh before git push, for the backend.");
  for (const [task, first] of [
    ["Fix the website", "one.sh"],
    ["Fix the backend", "two.sh"],
  ])
    expect((await recalled({ user_id: "hal", entities: ["git push"], task }))[0].text).toContain(first);
});

test("a search for lessons has them first, without a score", async () => {
  await learn("ida", "I live in Rome. Always run rome.sh before git push.");
  const found = await ask("POST /v1/memories/search", {
    user_id: "ida",
    query: "rome",
    include: ["fact", "lesson"],
  });
  expect(found.body.data[0]).toMatchObject({ type: "lesson", score: null, details: { fact_type: "lesson" } });
  expect(found.body.data[1]).toMatchObject({ type: "fact", score: expect.any(Number) });
  const usual = await ask("POST /v1/memories/search", { user_id: "ida", query: "rome" });
  expect(usual.body.data.map(({ type }: { type: string }) => type)).not.toContain("lesson");
});

test.each([
  ["neither action nor entities", { user_id: "ann" }],
  ["no identifiers", { user_id: "ann", entities: [] }],
  ["no scope", { entities: ["git push"] }],
  ["a double type", { user_id: "ann", entities: ["x"], include: ["lesson", "lesson"] }],
  ["another type", { user_id: "ann", entities: ["x"], include: ["fact"] }],
  ["a long task", { user_id: "ann", entities: ["x"], task: "x".repeat(2001) }],
  ["a long namespace", { user_id: "ann", entities: ["x"], namespace: "x".repeat(257) }],
])("%s is refused", async (_, body) => {
  expect(await trigger(body)).toMatchObject({ status: 422, body: { error: { code: "invalid_request" } } });
});

test("the path alone chooses the dialect", async () => {
  const body = { user_id: "nobody", action: { tool: null, args: null, output: null } };
  expect(await send(server, "POST /v1/memories/trigger", batch(server), body)).toMatchObject({
    status: 200,
    body: { object: "search", data: [], context: "" },
  });
});
