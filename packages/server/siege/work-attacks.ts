// Too much permitted work: jobs, lists, searches, streams and deliveries.
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import * as fc from "fast-check";
import { createJob, makeJob, request, sendRaw, type Attacker, type Strike } from "./strike.ts";

/** Sends a conversation whose job has a large result. */
const sendLongConversation = (attacker: Attacker, claims: number) =>
  makeJob(attacker, {
    user_id: `user ${attacker.jobIds.length}`,
    conv_id: "c",
    messages: Array.from({ length: claims }, (_, index) => ({
      role: "user",
      content: `I like tea number ${index}.`,
    })),
  });

/** The newest job, or a new one. */
const jobOf = async (attacker: Attacker, claims: number) =>
  attacker.jobIds.at(-1) ?? sendLongConversation(attacker, claims);

const misspelt = ["likess", "numbr", "becuse", "godd", "usr", "teaa", "nubmer", "zzyqqx", "abcdefab"];

/** How a webhook receiver misbehaves instead of answering. */
const receivers: Readonly<Record<string, (response: ServerResponse) => void>> = {
  silent: () => {},
  dripping(response) {
    response.writeHead(200);
    const drip = setInterval(() => response.write("."), 500);
    response.on("close", () => clearInterval(drip));
  },
  flooding(response) {
    response.writeHead(200);
    const flood = () => {
      while (response.write(Buffer.alloc(65_536)));
    };
    response.on("drain", flood);
    flood();
  },
  redirecting: (response) => response.writeHead(307, { location: "/again" }).end(),
  failing: (response) => response.writeHead(500).end("x".repeat(100_000)),
};

/** Attacks by permitted work. */
export const workAttacks = {
  "lists of large results": fc
    .record({ claims: fc.integer({ min: 500, max: 20_000 }), lists: fc.integer({ min: 1, max: 12 }) })
    .map(({ claims, lists }): Strike => async (attacker) => {
      if (attacker.jobIds.length < 10) await sendLongConversation(attacker, claims);
      const list = () => request(attacker, "GET", "/v1/jobs?limit=500");
      await Promise.all(Array.from({ length: lists }, list));
    }),
  "retries of retries": fc
    .record({
      claims: fc.integer({ min: 1, max: 20_000 }),
      retries: fc.integer({ min: 1, max: 20 }),
      hasKey: fc.boolean(),
    })
    .map(({ claims, retries, hasKey }): Strike => async (attacker) => {
      const first = await jobOf(attacker, claims);
      if (first === undefined) return;
      const headers = {
        ...attacker.tenant.headers,
        ...(hasKey && { "idempotency-key": `retry of ${first}` }),
      };
      const retry = async () => {
        const made = await request(attacker, "POST", `/v1/jobs/${attacker.jobIds.at(-1)}/retry`, { headers });
        const id = made instanceof Object && "id" in made ? made.id : undefined;
        if (typeof id === "string") attacker.jobIds.push(id);
      };
      await Promise.all(Array.from({ length: retries }, retry));
    }),
  "misspelt searches": fc
    .record({
      words: fc.array(fc.constantFrom(...misspelt), { minLength: 1, maxLength: 12 }),
      searches: fc.integer({ min: 1, max: 16 }),
      givenUpMs: fc.constantFrom(200, 1000, 30_000),
    })
    .map(({ words, searches, givenUpMs }): Strike => async (attacker) => {
      const body = { query: words.join(" "), user_id: "u1", limit: 100 };
      const search = () => request(attacker, "POST", "/v1/memories/search", { body, givenUpMs });
      await Promise.all(Array.from({ length: searches }, search));
    }),
  "large batches": fc
    .record({ items: fc.integer({ min: 50, max: 500 }), length: fc.integer({ min: 100, max: 16_000 }) })
    .map(({ items, length }): Strike => async (attacker) => {
      const memories = Array.from({ length: items }, (_, index) => ({
        content: `word${index} `.repeat(length / 6).slice(0, length),
        user_id: `user ${index}`,
      }));
      await createJob(attacker, "/v1/batch", { headers: attacker.tenant.batchHeaders, body: { memories } });
    }),
  "many small jobs": fc.integer({ min: 10, max: 100 }).map((jobs): Strike => async (attacker) => {
    const body = { user_id: "user", conv_id: "c", messages: [{ role: "user", content: "I live in Oslo." }] };
    const post = () => createJob(attacker, "/v1/memories", { body });
    await Promise.all(Array.from({ length: jobs }, post));
  }),
  "hanging event streams": fc
    .record({ streams: fc.integer({ min: 10, max: 100 }), openMs: fc.integer({ min: 1000, max: 8000 }) })
    .map(({ streams, openMs }): Strike => async (attacker) => {
      const id = await jobOf(attacker, 2000);
      if (id === undefined) return;
      const credentials = Object.entries(attacker.tenant.batchHeaders).map((pair) => pair.join(": "));
      const head = [`GET /v1/jobs/${id}/events HTTP/1.1`, "host: localhost", ...credentials, ""];
      const raw = { head, chunk: "", times: 0, pauseMs: 0, openMs };
      await Promise.all(Array.from({ length: streams }, () => sendRaw(attacker, raw)));
    }),
  "long-polls": fc.integer({ min: 10, max: 100 }).map((answers): Strike => async (attacker) => {
    const id = await jobOf(attacker, 2000);
    if (id === undefined) return;
    const wait = () => request(attacker, "GET", `/v1/jobs/${id}?wait=30`, { givenUpMs: 3000 });
    await Promise.all(Array.from({ length: answers }, wait));
  }),
  "slow webhook receivers": fc
    .tuple(fc.constantFrom(...Object.values(receivers)), fc.integer({ min: 1, max: 30 }))
    .map(([answer, jobs]): Strike => async (attacker) => {
      const receiver = createServer((incoming, response) => {
        incoming.resume();
        answer(response);
      });
      await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
      const { port } = receiver.address() as AddressInfo; // a listening TCP server has an address with a port
      const hook = { url: `http://127.0.0.1:${port}/` };
      await request(attacker, "PUT", "/v1/webhooks", { body: hook });
      const body = {
        user_id: "user",
        conv_id: "c",
        messages: [{ role: "user", content: "I live in Oslo." }],
      };
      await Promise.all(Array.from({ length: jobs }, () => makeJob(attacker, body)));
      await sleep(3000, undefined, { signal: attacker.signal }).catch(() => {});
      receiver.closeAllConnections();
      receiver.close();
    }),
} satisfies Readonly<Record<string, fc.Arbitrary<Strike>>>;
