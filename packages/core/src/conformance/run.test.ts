import { expect, test } from "vitest";
import { check, checkAlone, type Check } from "./check.ts";
import { expectAnswer } from "./expect.ts";
import { listOf, nullable, oneOf, text, timestamp } from "./pattern.ts";
import { need } from "./prepare.ts";
import { expectRateLimit } from "./rate-limit.ts";
import { runConformance } from "./run.ts";
import type { FetchLike } from "./runtime.ts";

interface ScriptedAnswer {
  readonly status?: number;
  readonly retryAfter?: string;
  readonly body?: unknown;
}

/** Runs checks on a server that answers as scripted; the last answer is repeated. A sleep moves the clock. */
async function runOn(answers: readonly ScriptedAnswer[], ...checks: Check[]) {
  let nowMs = 0;
  const requests: string[] = [];
  const fetch: FetchLike = async (url, { method, headers }) => {
    requests.push(`${method} ${url} ${headers["x-api-key"] ?? headers["authorization"] ?? ""}`);
    const { status = 200, retryAfter = null, body } = answers[requests.length - 1] ?? answers.at(-1) ?? {};
    const get = (name: string) => (name === "retry-after" ? retryAfter : null);
    return { status, headers: { get }, text: async () => JSON.stringify(body) };
  };
  const runtime = {
    fetch,
    now: () => nowMs,
    sleep: async (delayMs: number) => void (nowMs += delayMs),
    sha256Hex: () => "",
    hmacSha256Hex: () => "",
  };
  const target = { baseUrl: "http://server/", apiKey: "key" };
  return { results: await runConformance(runtime, target, { checks, runId: "run" }), requests, nowMs };
}

const expectList = check("ingest.some.list", "There is a list.", async ({ ingest }) => {
  const row = { id: text, kind: oneOf("a", "b"), at: nullable(timestamp) } as const;
  expectAnswer(await ingest("GET /v1/list"), 200, { object: "list", data: listOf(row) });
});

test("an answer that fits passes, even with more fields", async () => {
  const row = { id: "1", kind: "b", at: "2026-12-01T10:00:00Z", more: 1 };
  const { results, requests } = await runOn([{ body: { object: "list", data: [row], more: 1 } }], expectList);
  expect(results).toEqual([
    {
      id: "ingest.some.list",
      area: "ingest.some",
      requirement: "There is a list.",
      outcome: "passed",
      message: "",
      durationMs: 0,
    },
  ]);
  expect(requests).toEqual(["GET http://server/v1/list key"]);
});

test.each([
  [{ status: 404, body: { code: "no" } }, 'GET /v1/list: expected 200, got 404 {"code":"no"}'],
  [{ body: [] }, "GET /v1/list: body: expected an object, got []"],
  [{ body: { object: "page" } }, 'GET /v1/list: body.object: expected "list", got "page"'],
  [{ body: { object: "list" } }, "GET /v1/list: body.data: expected a list, got nothing"],
  [
    { body: { object: "list", data: [{ id: "1", kind: "c", at: null }] } },
    'GET /v1/list: body.data[0].kind: expected one of "a", "b", got "c"',
  ],
  [
    { body: { object: "list", data: [{ id: "1", kind: "a", at: "2026-12-01T10:00:00+02:00" }] } },
    'GET /v1/list: body.data[0].at: expected a timestamp in UTC, got "2026-12-01T10:00:00+02:00"',
  ],
])("a failure names the place, what was expected and what came: %j", async (answer, message) => {
  const { results } = await runOn([answer], expectList);
  expect(results).toMatchObject([{ outcome: "failed", message }]);
});

test("after a refusal for too many requests, the run waits as long as the refusal asks", async () => {
  const answers = [{ status: 429, retryAfter: "7" }, { body: { object: "list", data: [] } }];
  const { results, nowMs } = await runOn(answers, expectList);
  expect(results).toMatchObject([{ outcome: "passed", durationMs: 7000 }]);
  expect(nowMs).toBe(7000);
});

test("a check gives up waiting after 20 seconds", async () => {
  const waits = check("a.b.c", "It ends.", ({ until }) => until("an end", async () => undefined));
  const { results } = await runOn([], waits);
  expect(results).toMatchObject([{ outcome: "failed", message: "expected within 20 s: an end" }]);
});

test("without a rate limit there are no headers of one to check", async () => {
  const limit = check("a.b.c", "It tells the limit.", async ({ ingest }) =>
    expectRateLimit(await ingest("GET /v1/list")),
  );
  const message = "not run, because the server sets no limit for this key";
  expect((await runOn([{ body: {} }], limit)).results).toMatchObject([{ outcome: "skipped", message }]);
  expect((await runOn([{ status: 429 }], limit)).results).toMatchObject([{ outcome: "failed" }]);
});

test("a check without its key is skipped, and a broken check does not look like a fault of the server", async () => {
  const skipped = check(
    "a.b.c",
    "It needs a key.",
    async ({ target }) => void need(target.otherKey, "another key"),
  );
  const broken = check("a.b.d", "It breaks.", () => Promise.reject(new TypeError("no such thing")));
  const { results } = await runOn([], skipped, broken);
  expect(results).toMatchObject([
    { outcome: "skipped", message: "needs another key" },
    { outcome: "failed", message: "the check itself broke: TypeError: no such thing" },
  ]);
});

test("a check that must be alone runs while no other does, and each has its own user", async () => {
  const running = new Set<string>();
  const users = new Set<string>();
  const seen: number[] = [];
  const run: Check["run"] = async ({ user }) => {
    users.add(user);
    running.add(user);
    await Promise.resolve();
    seen.push(running.size);
    running.delete(user);
  };
  const alone = ["a.b.x", "a.b.y"].map((id) => checkAlone(id, "It is alone.", run));
  const others = ["a.b.1", "a.b.2", "a.b.3"].map((id) => check(id, "It is not.", run));
  const { results } = await runOn([], ...alone, ...others);
  expect(seen.slice(0, 3)).toEqual([3, 2, 1]);
  expect(seen.slice(3)).toEqual([1, 1]);
  expect(users.size).toBe(5);
  expect(results.map(({ id }) => id)).toEqual(["a.b.x", "a.b.y", "a.b.1", "a.b.2", "a.b.3"]);
});
