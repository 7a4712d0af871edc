import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { batchJobs } from "../testing/batch-fixtures.ts";
import { ingestJobs } from "../testing/ingest-fixtures.ts";
import { createScriptedRuntime } from "../testing/scripted-runtime.ts";
import { createClient } from "./client.ts";
import { createRequestIds } from "./request-ids.ts";

const conversation = { messages: [{ role: "user", content: "I like tea." }], user_id: "u", conv_id: "c" };

test("for all times and random numbers, no two ids of a client are equal, and each fits a header", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })), {
        minLength: 1,
      }),
      (moments) => {
        let nowMs = 0;
        let chance = 0;
        const newId = createRequestIds({ now: () => nowMs, random: () => chance });
        const ids: string[] = [];
        for ([nowMs, chance] of moments) ids.push(newId());
        expect(new Set(ids).size).toBe(ids.length);
        for (const id of ids) expect(id).toMatch(/^[\x21-\x7e]{1,255}$/);
      },
    ),
  );
});

describe("a call that creates something", () => {
  function connect() {
    const runtime = createScriptedRuntime(({ path }) => ({
      status: 202,
      json: path.startsWith("/v1/batch") ? batchJobs.pending : ingestJobs.pending,
    }));
    const keys = () => runtime.requests.map(({ headers }) => headers["idempotency-key"]);
    return { keys, client: createClient(runtime, { apiKey: "key" }) };
  }

  test("has its own idempotency key", async () => {
    const { client, keys } = connect();
    await client.memories.ingest(conversation);
    await client.memories.ingest(conversation, { wait: true });
    await client.batch.create([{ content: "Likes tea." }]);
    await client.batch.create([{ content: "Likes tea." }]);
    expect(keys()).not.toContain(undefined);
    expect(new Set(keys()).size).toBe(4);
  });

  test("takes the caller's key", async () => {
    const { client, keys } = connect();
    await client.memories.ingest(conversation, { idempotencyKey: "mine" });
    await client.batch.create([{ content: "Likes tea." }], { idempotencyKey: "mine too" });
    expect(keys()).toEqual(["mine", "mine too"]);
  });

  test("a call that only reads has none", async () => {
    const { client, keys } = connect();
    await client.memories.jobs.get("job_1");
    await client.batch.get("job_1");
    expect(keys()).toEqual([undefined, undefined]);
  });
});
