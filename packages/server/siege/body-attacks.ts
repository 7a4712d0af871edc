// Bodies and headers that are expensive because of their size, or before the key is checked.
import * as fc from "fast-check";
import { makeJob, request, sendRaw, type Attacker, type Strike } from "./strike.ts";

const mebibyte = 2 ** 20;
const largestBody = 32 * mebibyte;

type Credentials = "none" | "wrong" | "right";
const credentials = fc.constantFrom<Credentials>("none", "wrong", "right");
const path = fc.constantFrom("/v1/memories", "/v1/batch", "/v1/memories/search");

function headersOf({ tenant }: Attacker, kind: Credentials, route: string): Readonly<Record<string, string>> {
  const json = { "content-type": "application/json" };
  if (kind === "none") return json;
  const key = kind === "right" ? tenant.apiKey : "a-key-that-nobody-has";
  return route === "/v1/batch"
    ? { ...json, authorization: `Bearer ${key}` }
    : { ...json, "x-api-key": key, "x-org-id": tenant.orgId };
}

const headOf = (method: string, route: string, headers: Readonly<Record<string, string>>) => [
  `${method} ${route} HTTP/1.1`,
  "host: localhost",
  ...Object.entries(headers).map((pair) => pair.join(": ")),
];

/**
 * Sends a body as far as the server reads it. `fetch` would not read the answer before the last
 * byte is sent.
 */
function post(
  attacker: Attacker,
  route: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<void> {
  const bytes = Buffer.from(body);
  return sendRaw(attacker, {
    head: [...headOf("POST", route, headers), "connection: close", `content-length: ${bytes.length}`, ""],
    chunk: bytes,
    times: 1,
    pauseMs: 0,
    openMs: 10_000,
  });
}

const bombs: Readonly<Record<string, (length: number) => string>> = {
  brackets: (length) => "[".repeat(length),
  "closed brackets": (length) => "[".repeat(length / 2) + "]".repeat(length / 2),
  objects: (length) => '{"a":'.repeat(length / 5),
  "small arrays": (length) => `{"a":[${"[],".repeat(length / 3)}[]]}`,
  "small objects": (length) => `[${'{"a":1},'.repeat(length / 8)}1]`,
  "many keys": (length) => `{${Array.from({ length: length / 14 }, (_, index) => `"k${index}":1`).join()}}`,
  "small numbers": (length) => `[${"1,".repeat(length / 2)}1]`,
  escapes: (length) => `{"content":"${String.raw`\u0061`.repeat(length / 6)}"}`,
};
const bomb = fc.record({
  make: fc.constantFrom(...Object.values(bombs)),
  length: fc.constantFrom(mebibyte, 8 * mebibyte, largestBody - 1024, largestBody + 1024),
  path,
});

const metadata: Readonly<Record<string, (length: number) => string>> = {
  text: (length) => `{"a":"${"k".repeat(length)}"}`,
  keys: bombs["many keys"]!,
  numbers: (length) => `{"a":[${"1,".repeat(length / 2)}1]}`,
  nested: (length) => '{"a":'.repeat(length / 6) + "1" + "}".repeat(length / 6),
};

/** Attacks by size and slowness. */
export const bodyAttacks = {
  "half-sent bodies": fc
    .record({
      connections: fc.integer({ min: 10, max: 40 }),
      mebibytes: fc.integer({ min: 1, max: 31 }),
      credentials,
      path,
    })
    .map((half): Strike => async (attacker) => {
      const headers = headersOf(attacker, half.credentials, half.path);
      const raw = {
        head: [...headOf("POST", half.path, headers), `content-length: ${largestBody}`, ""],
        chunk: Buffer.alloc(mebibyte, 0x20),
        times: half.mebibytes,
        pauseMs: 0,
        openMs: 5000,
      };
      await Promise.all(Array.from({ length: half.connections }, () => sendRaw(attacker, raw)));
    }),
  "slow requests": fc
    .record({
      connections: fc.integer({ min: 20, max: 100 }),
      pauseMs: fc.integer({ min: 20, max: 1000 }),
      part: fc.constantFrom("x-header: a\r\n", "x", "\r\n", " "),
      endsHead: fc.boolean(),
      credentials,
      path,
    })
    .map((slow): Strike => async (attacker) => {
      const head = headOf("POST", slow.path, headersOf(attacker, slow.credentials, slow.path));
      const raw = {
        head: slow.endsHead ? [...head, "content-length: 1000", ""] : head,
        chunk: slow.part,
        times: Math.ceil(8000 / slow.pauseMs),
        pauseMs: slow.pauseMs,
        openMs: 0,
      };
      await Promise.all(Array.from({ length: slow.connections }, () => sendRaw(attacker, raw)));
    }),
  "bombs before authentication": fc.tuple(bomb, fc.constantFrom<Credentials>("none", "wrong")).map(
    ([{ make, length, path: route }, kind]): Strike =>
      (attacker) =>
        post(attacker, route, headersOf(attacker, kind, route), make(length)),
  ),
  "bombs with a key": bomb.map(
    ({ make, length, path: route }): Strike =>
      (attacker) =>
        post(attacker, route, headersOf(attacker, "right", route), make(length)),
  ),
  "wrong keys": fc.tuple(fc.nat(), path).map(([number, route]): Strike => async (attacker) => {
    const guesses = Array.from({ length: 20 }, (_, index) => `guess-${number + index}-of-a-long-key`);
    const guess = (key: string) =>
      request(attacker, "POST", route, { headers: { authorization: `Bearer ${key}` }, body: "{}" });
    await Promise.all(guesses.map(guess));
  }),
  "huge headers": fc
    .record({
      lines: fc.constantFrom(1, 20, 3000),
      length: fc.constantFrom(10, 1000, 17_000, 200_000),
      inPath: fc.boolean(),
      credentials,
    })
    .map((huge): Strike => async (attacker) => {
      const long = "a".repeat(huge.length);
      const route = huge.inPath ? `/v1/memories?user_id=${long}` : "/v1/memories";
      await sendRaw(attacker, {
        head: headOf("GET", route, headersOf(attacker, huge.credentials, route)),
        chunk: `x-a: ${long}\r\n`,
        times: huge.lines,
        pauseMs: 0,
        openMs: 500,
      });
    }),
  "big metadata": fc
    .tuple(
      fc.constantFrom(...Object.values(metadata)),
      fc.constantFrom(1000, 8000, 9000, 100_000, 1_000_000, 20_000_000),
      fc.boolean(),
    )
    .map(([make, length, isBatch]): Strike => (attacker) => {
      const item = `{"content":"I live in Paris.","metadata":${make(length)}}`;
      const { batchHeaders } = attacker.tenant;
      return isBatch
        ? post(attacker, "/v1/batch", batchHeaders, `{"memories":[${item}]}`)
        : post(attacker, "/v1/memories", batchHeaders, item);
    }),
  "large conversations": fc.integer({ min: 1, max: 31 }).map((mebibytes): Strike => async (attacker) => {
    const content = "The weather is fine over there today. ".repeat(2900);
    const messages = Array.from({ length: mebibytes * 9 }, () => ({ role: "user", content }));
    await makeJob(attacker, { user_id: "user", conv_id: "c", messages });
  }),
} satisfies Readonly<Record<string, fc.Arbitrary<Strike>>>;
