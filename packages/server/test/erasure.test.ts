// After an erasure no table, answer, job or webhook contains the erased words, and no job writes them back.
import { afterAll, beforeAll, expect, test } from "vitest";
import { batch, ingest, send } from "./http.ts";
import { startReceiver, type Receiver } from "./receiver.ts";
import { startServerOnTestDatabase, type ServerOnTestDatabase } from "./test-database.ts";
import { tablesWith } from "./tables-with.ts";

let server: ServerOnTestDatabase;
let receiver: Receiver;
beforeAll(async () => {
  receiver = await startReceiver();
  server = await startServerOnTestDatabase({ environment: { MEMLANE_WEBHOOK_ALLOW_PRIVATE: "true" } });
  await asIngest("PUT /v1/webhooks", { url: receiver.url });
}, 60_000);
afterAll(() => Promise.all([server?.stop(), receiver?.close()]));

const asIngest = (route: string, body?: unknown) => send(server, route, ingest(server), body);
const asBatch = (route: string, body?: unknown) => send(server, route, batch(server), body);

test("of a user", async () => {
  const { body } = await asIngest("POST /v1/memories?wait=30", {
    messages: [{ role: "user", content: "I live in Zanzibar." }, { role: "user", content: "I like Lapsang tea." }],
    user_id: "ann",
    conv_id: "c",
  });
  console.log(body);
  const answer = await asBatch("DELETE /v1/users/ann/memories");
  console.log(answer.body);
  expect(await tablesWith(server.database, "Zanzibar")).toEqual([]);
  console.log((await asBatch("GET /v1/users")).body, (await asBatch("GET /v1/agents")).body, (await asBatch("GET /v1/ping")).body);
  await new Promise((resolve) => setTimeout(resolve, 500));
  console.log(JSON.stringify((await asBatch("GET /v1/audit")).body, null, 1));
});
