import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createKey } from "../src/keys/create-key.ts";
import { saveOwnLimits } from "../src/store/limits.ts";
import { ingest, send, type Answer } from "./http.ts";
import { startServerOnTestDatabase, type ServerOnTestDatabase } from "./test-database.ts";

let server: ServerOnTestDatabase;
beforeAll(async () => {
  server = await startServerOnTestDatabase();
}, 30_000);
afterAll(() => server?.stop());

const call = (route: string, body?: unknown) => send(server, route, ingest(server), body);
const made = async (body: object): Promise<Answer["body"]> => {
  const answer = await call("POST /v1/groups", body);
  expect(answer.status).toBe(201);
  return answer.body;
};
const said = async (user: string, groupIds: readonly string[], ...contents: string[]) => {
  const { body } = await call("POST /v1/memories?wait=true", {
    messages: contents.map((content) => ({ role: "user", content })),
    user_id: user,
    conv_id: `talk of ${user}`,
    group_ids: groupIds,
  });
  expect(body.status).toBe("succeeded");
  return body.result;
};
const memoriesOf = async (query: string): Promise<{ id: string; text: string; group_ids: string[] }[]> =>
  (await call(`GET /v1/memories?${query}`)).body.data;
const textsOf = (memories: readonly { text: string }[]) => memories.map(({ text }) => text).toSorted();
const codeOf = ({ status, body }: Answer) => [status, body.error?.code];
const unknownId = `grp_${"0".repeat(32)}`;

describe("a group", () => {
  test("is created, read, changed, archived and made active again", async () => {
    const group = await made({ name: "Platform", prompt: "Meetings of the platform team" });
    expect(group).toEqual({
      object: "group",
      id: expect.stringMatching(/^grp_[0-9a-f]{32}$/),
      name: "Platform",
      prompt: "Meetings of the platform team",
      status: "active",
      created_at: expect.stringMatching(/Z$/),
      updated_at: group.created_at,
    });
    expect((await call(`GET /v1/groups/${group.id}`)).body).toEqual(group);
    const renamed = await call(`PATCH /v1/groups/${group.id}`, { name: "Core", prompt: null });
    expect([renamed.status, renamed.body.name, renamed.body.prompt]).toEqual([200, "Core", group.prompt]);
    const archived = await call(`DELETE /v1/groups/${group.id}`);
    expect([archived.status, archived.body.status]).toEqual([200, "archived"]);
    expect((await call(`DELETE /v1/groups/${group.id}`)).body).toEqual(archived.body);
    const idsOf = (answer: Answer) => answer.body.data.map(({ id }: { id: string }) => id);
    expect(idsOf(await call("GET /v1/groups"))).not.toContain(group.id);
    const all = await call("GET /v1/groups?include_archived=true");
    expect(idsOf(all)).toContain(group.id);
    expect(Object.keys(all.body)).toEqual(["object", "data"]);
    const active = await call(`PATCH /v1/groups/${group.id}`, { status: "active" });
    expect(active.body.status).toBe("active");
  });

  test("gets a prompt later, but never loses it", async () => {
    const group = await made({ name: "All", prompt: null });
    expect(group.prompt).toBeNull();
    const prompted = await call(`PATCH /v1/groups/${group.id}`, { prompt: "Food" });
    expect(prompted.body.prompt).toBe("Food");
    expect(codeOf(await call(`PATCH /v1/groups/${group.id}`, { prompt: "" }))).toEqual([
      422,
      "invalid_request",
    ]);
  });

  test.each([{ name: "" }, { name: "x".repeat(121) }, { name: "x", prompt: "" }, { prompt: "x" }])(
    "is refused with %j",
    async (body) => {
      expect(codeOf(await call("POST /v1/groups", body))).toEqual([422, "invalid_request"]);
    },
  );

  test("is not changed to an unknown status", async () => {
    const { id } = await made({ name: "A" });
    expect(codeOf(await call(`PATCH /v1/groups/${id}`, { status: "gone" }))).toEqual([
      422,
      "invalid_request",
    ]);
  });

  test("is not found if it is of another organisation or does not exist", async () => {
    const { id } = await made({ name: "Ours" });
    const other = await createKey(server.database, "other-org", "", ["memories:read", "memories:write"]);
    const headers = { "x-api-key": other.key, "x-org-id": "other-org" };
    for (const method of ["GET", "DELETE"])
      expect(codeOf(await send(server, `${method} /v1/groups/${id}`, headers))).toEqual([
        404,
        "group_not_found",
      ]);
    expect(codeOf(await call(`PATCH /v1/groups/${unknownId}`, { name: "x" }))).toEqual([
      404,
      "group_not_found",
    ]);
    expect(codeOf(await call("GET /v1/groups/nonsense"))).toEqual([404, "group_not_found"]);
  });

  test("is refused over the limit of active groups, also when it is made active again", async () => {
    const { key } = await createKey(server.database, "many-groups", "", ["memories:read", "memories:write"]);
    const headers = { "x-api-key": key, "x-org-id": "many-groups" };
    await saveOwnLimits(server.database, "many-groups", { groups: 3 });
    const ids = [];
    for (let count = 0; count < 3; count += 1) {
      const { status, body } = await send(server, "POST /v1/groups", headers, { name: `g${count}` });
      expect(status).toBe(201);
      ids.push(body.id);
    }
    const refused = await send(server, "POST /v1/groups", headers, { name: "one more" });
    expect(codeOf(refused)).toEqual([422, "groups_quota_exceeded"]);
    await send(server, `DELETE /v1/groups/${ids[0]}`, headers);
    expect((await send(server, "POST /v1/groups", headers, { name: "one more" })).status).toBe(201);
    const again = await send(server, `PATCH /v1/groups/${ids[0]}`, headers, { status: "active" });
    expect(codeOf(again)).toEqual([422, "groups_quota_exceeded"]);
  });
});

describe("tagging", () => {
  test("shares what fits the prompt, keeps private things private, and is seen in lists and search", async () => {
    const meetings = await made({
      name: "Meetings",
      prompt: "Meeting times, rooms and schedules of the team",
    });
    const food = await made({ name: "Food", prompt: "What people eat" });
    const all = await made({ name: "All" });
    const result = await said(
      "walker",
      [meetings.id, food.id, all.id],
      "Heads up: our team standup moved to 9:30am on Tuesdays, in the Aurora conference room.",
      "I'm vegetarian. My father is in hospital.",
      "I am seeing a therapist every Thursday for my anxiety.",
    );
    expect(result.ignored_group_ids).toEqual([]);
    const memories = await memoriesOf("user_id=walker");
    const groupsOf = (pattern: RegExp) => memories.find(({ text }) => pattern.test(text))?.group_ids;
    expect(groupsOf(/standup/)).toEqual([all.id, meetings.id]);
    expect(groupsOf(/vegetarian/)).toEqual([all.id, food.id]);
    expect(groupsOf(/hospital/)).toEqual([]);
    expect(groupsOf(/therapist/)).toEqual([]);
    const [only] = await memoriesOf(`group_id=${meetings.id}`);
    expect(only?.text).toMatch(/standup/);
    const search = async (scope: object) =>
      (await call("POST /v1/memories/search", { query: "Thursday Tuesdays", include: ["fact"], ...scope }))
        .body;
    expect(textsOf((await search({ group_ids: [meetings.id, food.id] })).data)).toEqual([
      expect.stringMatching(/standup/),
    ]);
    expect(textsOf((await search({ group_ids: [meetings.id], user_id: "stranger" })).data)).toEqual([]);
    expect(textsOf((await search({ user_id: "walker", group_ids: [] })).data)).toHaveLength(2);
    expect((await search({ group_ids: [unknownId] })).data).toEqual([]);
    expect((await search({ group_ids: ["nonsense"] })).data).toEqual([]);
  });

  test("shares artifacts that are not private, and adds the group when one comes again", async () => {
    const [recipes, all] = [await made({ name: "Recipes", prompt: "Recipes" }), await made({ name: "All" })];
    const list = (title: string, last: string) =>
      [`${title}:`, "- flour", "- eggs", "- milk", "- butter", `- ${last}`].join("\n");
    const keep = async (groupIds: readonly string[], ...contents: string[]) => {
      const { body } = await call("POST /v1/memories?wait=true", {
        messages: contents.map((content) => ({ role: "user", content })),
        user_id: "cook",
        conv_id: "kitchen",
        extract_artifacts: true,
        group_ids: groupIds,
      });
      expect(body.status).toBe("succeeded");
    };
    await keep([recipes.id], list("Recipe for pancakes", "salt"), list("Shopping", "my insulin"));
    await keep([all.id], list("Recipe for pancakes", "salt"));
    const artifacts = await memoriesOf("user_id=cook&type=artifact&order=created_at_asc");
    expect(artifacts.map(({ group_ids }) => group_ids)).toEqual([[recipes.id, all.id], []]);
  });

  test("ignores groups that are unknown or archived, and says which", async () => {
    const { id } = await made({ name: "Old" });
    await call(`DELETE /v1/groups/${id}`);
    const result = await said("ignorer", [id, "nonsense", unknownId], "I love tea.");
    expect(result.ignored_group_ids).toEqual([id, "nonsense", unknownId]);
    expect((await memoriesOf("user_id=ignorer"))[0]?.group_ids).toEqual([]);
  });

  test("adds groups to a memory that was known before", async () => {
    const [first, second] = [await made({ name: "First" }), await made({ name: "Second" })];
    await said("again", [first.id], "I love tea.");
    await said("again", [second.id], "I love tea.");
    expect((await memoriesOf("user_id=again&type=fact"))[0]?.group_ids).toEqual([first.id, second.id]);
    await call(`DELETE /v1/groups/${first.id}`);
    expect(textsOf(await memoriesOf(`group_id=${first.id}&type=fact`))).toEqual(["User loves tea."]);
  });

  test("takes at most 20 groups", async () => {
    const answer = await call("POST /v1/memories", {
      messages: [{ role: "user", content: "I love tea." }],
      user_id: "much",
      conv_id: "c",
      group_ids: Array.from({ length: 21 }, () => unknownId),
    });
    expect(codeOf(answer)).toEqual([422, "invalid_request"]);
  });

  const meeting = "Our team standup moved to 10am on Mondays.";
  test.each([
    ["shared if all of it may be", [meeting, "Noted, thanks!"], true],
    ["kept private if a statement is personal", [`${meeting} I am divorced.`], false],
    ["kept private if other words may be personal", [meeting, "And your divorce?"], false],
    ["kept private if the rules cannot read it", [meeting, "\u{41f}\u{43e}\u{43d}\u{44f}\u{43b}"], false],
    ["kept private if nothing is found in it", ["Noted, thanks!"], false],
    ["kept from a group that a part of it does not fit", [`${meeting} I love sushi.`], false],
  ])("an episode is %s", async (title, contents, isShared) => {
    const { id } = await made({ name: title, prompt: "Meetings of the team" });
    await said(title, [id], ...contents);
    expect(await memoriesOf(`group_id=${id}&type=episode`)).toHaveLength(isShared ? 1 : 0);
    const search = { query: "standup noted", group_ids: [id], include: ["episode"] };
    const { body } = await call("POST /v1/memories/search", search);
    expect(textsOf(body.data)).toEqual(isShared ? contents.map((text) => `user: ${text}`).toSorted() : []);
  });
});

test.each(["The team standup", "Our standup"])(
  "an XTrace client's walk through groups works: %s",
  async (standup) => {
    const prompt = "Team logistics: meetings, their times and their rooms";
    const group = await made({ name: "Walk", prompt });
    expect((await call("GET /v1/groups")).body.data).toContainEqual(group);
    expect((await call(`GET /v1/groups/${group.id}`)).body).toEqual(group);
    const note =
      `${standup} moved to 9:30am on Tuesdays, in the Aurora conference room. ` +
      "Privately, I have been seeing a therapist every Thursday for my anxiety.";
    const user = `hiker of ${standup}`;
    const result = await said(user, [group.id, unknownId], note);
    expect(result.ignored_group_ids).toEqual([unknownId]);
    const own = await memoriesOf(new URLSearchParams({ user_id: user, type: "fact" }).toString());
    const groupsOf = Object.fromEntries(
      own.map(({ text, group_ids }) => [/therapist/.test(text) ? "private" : "meeting", group_ids]),
    );
    expect(groupsOf).toEqual({ private: [], meeting: [group.id] });
    expect(own).toHaveLength(2);
    const shared = await memoriesOf(`group_id=${group.id}`);
    expect(textsOf(shared)).toEqual([expect.stringContaining("standup")]);
    const question = { query: "when is standup?", group_ids: [group.id] };
    const answer = await call("POST /v1/memories/search", question);
    expect(answer.body.context).toContain("9:30am");
    expect(answer.body.context).not.toContain("therapist");
    const path = `PATCH /v1/memories/${shared[0]!.id}`;
    expect((await call(path, { remove_group_ids: [group.id] })).body.group_ids).toEqual([]);
    expect((await call(path, { add_group_ids: [group.id] })).body.group_ids).toEqual([group.id]);
    expect((await call(`DELETE /v1/groups/${group.id}`)).body.status).toBe("archived");
    expect((await said(user, [group.id], "I love tea.")).ignored_group_ids).toEqual([group.id]);
  },
);

describe("PATCH of a memory", () => {
  test("removes groups before it adds others, and does nothing the second time", async () => {
    const [first, second] = [await made({ name: "1" }), await made({ name: "2" })];
    const { memories_created: created } = await said("patched", [first.id], "I love tea.");
    const path = `PATCH /v1/memories/${created[0].id}`;
    const change = { add_group_ids: [second.id, " ", second.id], remove_group_ids: [first.id, "nonsense"] };
    const changed = await call(path, change);
    expect([changed.status, changed.body.object, changed.body.group_ids]).toEqual([
      200,
      "memory",
      [second.id],
    ]);
    expect((await call(path, change)).body.group_ids).toEqual([second.id]);
  });

  test("shares a whole episode with its messages", async () => {
    const { id } = await made({ name: "Minutes" });
    await said("episodic", [], "The quarterly zebra report is due.");
    const [episode] = await memoriesOf("user_id=episodic&type=episode");
    expect(episode?.group_ids).toEqual([]);
    expect((await call(`PATCH /v1/memories/${episode!.id}`, { add_group_ids: [id] })).status).toBe(200);
    expect(await memoriesOf(`group_id=${id}&type=episode`)).toHaveLength(1);
    const found = await call("POST /v1/memories/search", { query: "zebra report", group_ids: [id] });
    expect(found.body.data[0].text).toContain("zebra");
  });

  test("is refused for each reason", async () => {
    const groups = [];
    for (let count = 0; count < 21; count += 1) groups.push((await made({ name: `n${count}` })).id);
    const { memories_created: created } = await said("refused", [], "I love tea.");
    const patch = async (body: object, id = created[0].id) =>
      codeOf(await call(`PATCH /v1/memories/${id}`, body));
    expect(await patch({})).toEqual([422, "empty_patch"]);
    expect(await patch({ add_group_ids: [" "], remove_group_ids: null })).toEqual([422, "empty_patch"]);
    expect(await patch({ add_group_ids: [groups[0]], remove_group_ids: [groups[0]] })).toEqual([
      422,
      "contradictory_group_ids",
    ]);
    expect(await patch({ add_group_ids: ["foo"], remove_group_ids: ["bar"] })).toEqual([
      422,
      "invalid_group_ids",
    ]);
    expect(await patch({ add_group_ids: ["foo"], remove_group_ids: ["foo"] })).toEqual([
      422,
      "contradictory_group_ids",
    ]);
    expect(await patch({ add_group_ids: [unknownId] })).toEqual([422, "invalid_group_ids"]);
    expect(await patch({ add_group_ids: groups })).toEqual([422, "invalid_request"]);
    expect(await patch({ add_group_ids: [groups[0]] }, "nonsense")).toEqual([404, "memory_not_found"]);
    await call(`DELETE /v1/groups/${groups[0]}`);
    expect(await patch({ add_group_ids: [groups[0]] })).toEqual([422, "invalid_group_ids"]);
    expect(await patch({ remove_group_ids: [groups[0]] })).toEqual([200, undefined]);
  });
});
