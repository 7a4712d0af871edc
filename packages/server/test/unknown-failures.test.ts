// The error codes of requests that fail for a reason that the server does not know.
import { afterAll, beforeAll, expect, test } from "vitest";
import { batch, ingest, send } from "./http.ts";
import { startServerOnTestDatabase, type ServerOnTestDatabase } from "./test-database.ts";

let server: ServerOnTestDatabase;
beforeAll(async () => {
  server = await startServerOnTestDatabase();
  await server.database.query("alter table memlane.memory rename to lost");
});
afterAll(() => server?.stop());

const id = "00000000-0000-4000-8000-000000000000";
const scope = { user_id: "ann" };

test.each([
  ["POST /v1/memories/search", { query: "tea", ...scope }, "search_failed"],
  ["POST /v1/memories/trigger", { entities: ["pnpm"], ...scope }, "trigger_failed"],
  [`PATCH /v1/memories/${id}`, { remove_group_ids: ["grp_1"] }, "patch_failed"],
  [`DELETE /v1/memories/${id}`, undefined, "delete_failed"],
  [`GET /v1/memories/${id}`, undefined, "server_error"],
])("%s", async (route, body, code) => {
  const { status, body: answer } = await send(server, route, ingest(server), body);
  expect([status, answer.error.type, answer.error.code]).toEqual([500, "server_error", code]);
});

test("a search in the batch dialect", async () => {
  const answer = await send(server, "POST /v1/memories/search", batch(server), { query: "tea" });
  expect(answer).toMatchObject({ status: 503, body: { code: "search_unavailable" } });
});
