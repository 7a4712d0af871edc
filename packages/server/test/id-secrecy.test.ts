// No organisation can distinguish another's id from a random one, neither by the answer nor by its
// time. The requests come from the server's own OpenAPI document.
import { randomUUID } from "node:crypto";
import { deliveryIds, factIds, groupIds, jobIds, memoryIds } from "@memlane/core";
import { startTestServer, type TestServer } from "@memlane/server/testing";
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readOperations, type Operation } from "../fuzz/api-document.ts";
import { valuesOfSchema } from "../fuzz/values-of-schema.ts";
import { newId } from "../src/base/new-id.ts";
import { batch, ingest, send } from "./http.ts";
import { createTestDatabase } from "./test-database.ts";

const owner = { apiKey: "key-of-the-owner", orgId: "owner" };
const spy = { apiKey: "key-of-the-only-spy", orgId: "spy" };

/** An id, key or name of the owner that the spy may have seen. */
interface Secret {
  readonly foreign: string;
  /** A random value, which must get the same answer. */
  readonly random: string;
}

let server: TestServer;
let api: Awaited<ReturnType<typeof readOperations>>;
let ids: Secret[];
let keys: Secret[];
let names: Secret[];
beforeAll(async () => {
  const environment = {
    DATABASE_URL: await createTestDatabase(),
    MEMLANE_BOOTSTRAP_KEYS: [owner, spy].map(({ orgId, apiKey }) => `${orgId}:${apiKey}`).join(","),
    MEMLANE_WEBHOOK_ALLOW_PRIVATE: "true",
  };
  // First with a worker, to have ended jobs; then without, so that queued jobs stay queued.
  const working = await startTestServer({ environment });
  const ask = async (route: string, headers: Record<string, string>, body?: unknown) =>
    (await send(working, route, headers, body)).body;
  await ask("PUT /v1/webhooks", ingest(owner), { url: "http://127.0.0.1:1/" });
  const conversation = {
    messages: [{ role: "user", content: "I live in Paris." }],
    user_id: "the owner's user",
    conv_id: "the owner's talk",
  };
  const ingested = await ask("POST /v1/memories?wait=true", ingest(owner), conversation);
  const keyed = { ...batch(owner), "idempotency-key": "the owner's key" };
  // Large ones, because reading them without need would take longest.
  const blanks = { memories: Array.from({ length: 500 }, () => ({ content: " " })) };
  const imported = await ask("POST /v1/batch?wait=true", keyed, blanks);
  const memory = await ask("POST /v1/memories", batch(owner), { content: "x".repeat(16_000) });
  const group = await ask("POST /v1/groups", ingest(owner), { name: "the owner's group" });
  const deliveries = await ask("GET /v1/webhooks/deliveries", ingest(owner));
  await working.stop();

  server = await startTestServer({ command: "api", environment });
  const queued = await send(server, "POST /v1/batch", batch(owner), blanks);
  api = await readOperations(server.url);
  const mine = [
    ingested.id,
    imported.id,
    queued.body.id,
    ingested.result.memories_created[0].id,
    memory.id,
    deliveries.data[0].id,
    group.id,
  ];
  ids = mine.map((id: string) => ({ foreign: dashed(id), random: newId() }));
  keys = [{ foreign: "the owner's key", random: "nobody's key" }];
  names = [conversation.user_id, conversation.conv_id].map((foreign) => ({ foreign, random: randomUUID() }));
}, 60_000);
afterAll(() => server?.stop());

/** Any id as a UUID. */
function dashed(id: string): string {
  const hex = id.replace(/^[a-z]+_/, "").replaceAll("-", "");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

const spellings: ((uuid: string) => string)[] = [
  (uuid) => uuid,
  (uuid) => uuid.toUpperCase(),
  (uuid) => uuid.replaceAll("-", ""),
  ...[jobIds, memoryIds, factIds, groupIds, deliveryIds].flatMap(({ prefix }) => [
    (uuid: string) => prefix + uuid.replaceAll("-", ""),
    (uuid: string) => prefix + uuid.replaceAll("-", "").toUpperCase(),
  ]),
  (uuid) => `{${uuid}}`,
  (uuid) => encodeURIComponent(`job_${uuid}`),
];

const takesId = ({ path }: Operation) => path.includes("{");
const takesKey = ({ parameters }: Operation) => parameters.some(({ name }) => name === "Idempotency-Key");

/** A request without its secret. */
interface Call {
  readonly operation: Operation;
  readonly as: (who: typeof spy) => Record<string, string>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  readonly place: "id" | "key" | "name" | "none";
  readonly secret: number;
  readonly spelling: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly foreignFirst: boolean;
}

function anyCall(operation: Operation): fc.Arbitrary<Call> {
  const query = Object.fromEntries(
    operation.parameters
      .filter(({ in: where, name }) => where === "query" && name !== "wait")
      .map(({ name, schema }) => [name, valuesOfSchema(schema)]),
  );
  const place: Call["place"] = takesId(operation)
    ? "id"
    : takesKey(operation)
      ? "key"
      : operation.method === "GET"
        ? "name"
        : "none";
  return fc.record({
    operation: fc.constant(operation),
    as: fc.constantFrom(ingest, batch),
    query: fc.record(query, { requiredKeys: [] }),
    body:
      operation.body === undefined ? fc.constant(undefined) : valuesOfSchema(operation.body, api.definitions),
    place: fc.constant(place),
    secret: fc.nat(),
    spelling: fc.nat(),
    headers: fc.constantFrom<Record<string, string>[]>(
      {},
      { "if-none-match": "*" },
      { "last-event-id": "x" },
      takesId(operation) ? { prefer: "wait=1" } : {}, // no worker does the spy's jobs, so it would wait for nothing
    ),
    foreignFirst: fc.boolean(),
  });
}

/** A call with only an id. */
const plainCall = (operation: Operation, as: Call["as"], secret: number): Call => ({
  operation,
  as,
  secret,
  spelling: 0,
  place: "id",
  query: {},
  body: undefined,
  headers: {},
  foreignFirst: true,
});

/** Sends a call with one of its two secrets. */
async function sendWith(side: keyof Secret, call: Call, who = spy) {
  const { operation, as, body, place, headers } = call;
  const pick = (secrets: readonly Secret[]) => secrets[call.secret % secrets.length]![side];
  const id = spellings[call.spelling % spellings.length]!(pick(ids));
  const name = place === "name" ? { user_id: pick(names), conv_id: pick(names) } : {};
  const allowed = new Set(operation.parameters.map((parameter) => parameter.name));
  const query = Object.entries<unknown>({ ...call.query, ...name })
    .filter(([key, value]) => allowed.has(key) && value !== null)
    .map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`);
  const path = operation.path.replace(/\{\w+\}/, () => id);
  return send(
    server,
    `${operation.method} ${path}?${query.join("&")}`,
    { ...as(who), ...headers, ...(place === "key" && { "idempotency-key": pick(keys) }) },
    body,
  );
}

/**
 * An answer without the parts that always differ: times, the request's id, ids of created rows, job tokens, and what the caller
 * sent itself.
 */
function seen({ status, headers, body }: Awaited<ReturnType<typeof send>>) {
  const sent = [...ids, ...keys, ...names].flatMap(({ foreign, random }) => [foreign, random]);
  const text = sent
    .reduce((whole, secret) => whole.replaceAll(secret, "id"), JSON.stringify(body))
    .replaceAll(/[\da-f]{8}-?[\da-f]{4}-?[\da-f]{4}-?[\da-f]{4}-?[\da-f]{12}[\w-]{0,22}/gi, "id")
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "time")
    .replaceAll(/eyJ[\w-]+\.[\w-]+\.[\w-]+/g, "token")
    .replaceAll(/"search":[\d.e-]+/g, "duration");
  const ever = new Set([
    "content-length",
    "date",
    "x-request-id",
    "etag",
    "ratelimit-remaining",
    "ratelimit-reset",
    "x-ratelimit-remaining",
    "x-ratelimit-reset",
  ]);
  const lines = [...headers].map(([name, value]) => (ever.has(name) ? name : `${name}: ${value}`));
  return { status, text, lines };
}

test("no sequence of calls distinguishes another's id, key or name from a random one", async () => {
  // These show the spy's own requests and jobs, so they differ after each of them.
  const changing = new Set(["/v1/audit", "/v1/keys", "/v1/stats"]);
  const comparable = api.operations.filter(({ path }) => !changing.has(path));
  const operations = [...comparable, ...comparable.filter(takesId)]; // twice as likely as the others
  const call = fc.constantFrom(...operations).chain(anyCall);
  const compare = async (each: Call) => {
    if (each.place === "none") return expect((await sendWith("random", each)).status).toBeLessThan(500);
    const [first, second] = each.foreignFirst
      ? (["foreign", "random"] as const)
      : (["random", "foreign"] as const);
    const one = seen(await sendWith(first, each));
    return expect(seen(await sendWith(second, each))).toEqual(one);
  };
  await fc.assert(
    fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 12 }), async (calls) => {
      for (const each of calls) await compare(each);
    }),
    { numRuns: 60 },
  );
  const oneOfEach = comparable.filter(takesId).map(anyCall);
  await fc.assert(
    fc.asyncProperty(fc.tuple(...oneOfEach), async (calls) => {
      for (const each of calls) await compare(each);
    }),
    { numRuns: 1 },
  );
}, 120_000);

test("the spy's calls have changed nothing, and the owner gets other answers, so the comparison works", async () => {
  const distinguished = new Set<string>();
  for (const operation of api.operations.filter(
    (each) =>
      takesId(each) &&
      (each.method === "GET" ? !each.path.endsWith("/events") : each.path.endsWith("/replay")),
  ))
    for (const as of [ingest, batch])
      for (const secret of ids.keys()) {
        const call = plainCall(operation, as, secret);
        const [foreign, random] = [
          await sendWith("foreign", call, owner),
          await sendWith("random", call, owner),
        ];
        if (seen(foreign).text !== seen(random).text) distinguished.add(ids[secret]!.foreign);
      }
  expect([...distinguished].toSorted()).toEqual(ids.map(({ foreign }) => foreign).toSorted());
  const { body: queued } = await send(server, `GET /v1/batch/${ids[2]!.foreign}`, batch(owner));
  expect(queued.status).toBe("pending");
});

// A difference in time counts if it is larger than the noise. So the test counts which of two calls
// is slower, in many pairs sent right after each other: any other load slows both. Without a
// difference the foreign id is slower half of the time. With 100 pairs, a share outside of 0.25 to
// 0.75 is no accident (five standard deviations). A share near a half after every 24 pairs ends the
// comparison: if the foreign id were slower in nine of ten pairs, that would happen once in 3,000 times.
test("the time of an answer does not distinguish another's id from a random one", async () => {
  const isAlike = (slower: number, pairs: number, tolerance: number) =>
    Math.abs(slower / pairs - 0.5) <= tolerance;
  for (const operation of api.operations.filter(takesId)) {
    for (const secret of [1, 4, 5]) {
      const call = plainCall(operation, batch, secret);
      const time = async (side: keyof Secret) => {
        const startedMs = performance.now();
        await sendWith(side, call);
        return performance.now() - startedMs;
      };
      let [slower, pairs] = [0, 0];
      while (pairs < 100 && !(pairs > 0 && pairs % 24 === 0 && isAlike(slower, pairs, 0.125))) {
        const sides = pairs % 2 === 0 ? (["foreign", "random"] as const) : (["random", "foreign"] as const);
        const [one, other] = [await time(sides[0]), await time(sides[1])];
        if (sides[0] === "foreign" ? one > other : other > one) slower += 1;
        pairs += 1;
      }
      expect([
        operation.method,
        operation.path,
        secret,
        isAlike(slower, pairs, 0.25) ? "alike" : slower / pairs,
      ]).toEqual([operation.method, operation.path, secret, "alike"]);
    }
  }
}, 480_000);
