import { beforeEach, describe, expect, test } from "vitest";
import type { KnownKey } from "../store/api-keys.ts";
import { limitWrongKeys, type KeyLookup } from "./wrong-keys.ts";

const key: KnownKey = {
  id: "1",
  orgId: "acme",
  name: "",
  hint: "",
  scopes: [],
  userId: null,
  createdAt: new Date(),
  lastUsedAt: null,
  revokedAt: null,
  tokenSecret: new Uint8Array(),
};

let queries: number;
let nowMs: number;
let good: Set<string>;
let keysFor: (address: string | undefined) => KeyLookup;
beforeEach(() => {
  queries = 0;
  nowMs = 0;
  good = new Set(["good", "other"]);
  const find = async (name: string) => {
    queries += 1;
    return good.has(name) ? key : undefined;
  };
  keysFor = limitWrongKeys({ findKey: find, findKeyById: find }, { mostPerMinute: 10, now: () => nowMs });
});

let guesses = 0;
const guess = (address: string | undefined) => keysFor(address).findKey(`guess-${(guesses += 1)}`);
const guessMany = (address: string | undefined, count: number) =>
  Promise.allSettled(Array.from({ length: count }, () => guess(address)));
const codeOf = (refused: PromiseSettledResult<unknown>) =>
  refused.status === "rejected" ? refused.reason.code : refused.value;

test("an address that tries many unknown keys is refused without a query for the rest of the minute", async () => {
  const answers = await guessMany("192.0.2.1", 100);
  expect(queries).toBe(10);
  expect(answers.slice(0, 10).map(codeOf)).toEqual(Array(10).fill(undefined));
  expect(new Set(answers.slice(10).map(codeOf))).toEqual(new Set(["rate_limit_exceeded"]));
  nowMs = 45_000;
  await expect(guess("192.0.2.1")).rejects.toMatchObject({ retryAfterMs: 15_000 });
  nowMs = 60_000;
  expect(await guess("192.0.2.1")).toBeUndefined();
});

test("key ids count like keys", async () => {
  for (let time = 0; time < 10; time += 1) await keysFor("192.0.2.1").findKeyById(`id-${time}`);
  await expect(guess("192.0.2.1")).rejects.toMatchObject({ code: "rate_limit_exceeded" });
});

test("from an address over the limit, a key that was found before works until it is revoked", async () => {
  await keysFor("192.0.2.1").findKey("good");
  await guessMany("192.0.2.1", 20);
  expect(await keysFor("192.0.2.1").findKey("good")).toBe(key);
  good.delete("good");
  expect(await keysFor("192.0.2.1").findKey("good")).toBeUndefined();
  await expect(keysFor("192.0.2.1").findKey("good")).rejects.toMatchObject({ code: "rate_limit_exceeded" });
});

test("valid keys never count, even many at once from one address", async () => {
  await Promise.all(Array.from({ length: 50 }, () => keysFor("192.0.2.1").findKey("good")));
  for (let time = 0; time < 50; time += 1) await keysFor("192.0.2.1").findKey("other");
  await guessMany("192.0.2.1", 10);
  expect(queries).toBeGreaterThan(0);
  await expect(guess("192.0.2.1")).rejects.toMatchObject({ code: "rate_limit_exceeded" });
});

test("a request that looks the same key up twice counts once", async () => {
  for (let time = 0; time < 10; time += 1) {
    const keys = keysFor("192.0.2.1");
    expect(await keys.findKey("wrong")).toBeUndefined();
    expect(await keys.findKey("wrong")).toBeUndefined();
  }
  expect(queries).toBe(10);
});

describe("addresses", () => {
  test("are counted separately, except within one IPv6 network", async () => {
    await guessMany("192.0.2.1", 20);
    expect(await guess("192.0.2.2")).toBeUndefined();
    await guessMany("2001:db8:1:2::1", 20);
    await expect(guess("2001:db8:1:2:ffff::7")).rejects.toMatchObject({ code: "rate_limit_exceeded" });
    await expect(guess("::ffff:192.0.2.1")).rejects.toMatchObject({ code: "rate_limit_exceeded" });
    expect(await guess("2001:db8:1:3::1")).toBeUndefined();
  });

  test("share one count if too many are in memory already", async () => {
    for (let place = 0; place < 12_000; place += 1)
      await guess(`10.${place >> 16}.${(place >> 8) & 255}.${place & 255}`).catch(() => {});
    expect(queries).toBe(10_010);
  });

  test("without an address there is no limit", async () => {
    await guessMany(undefined, 20);
    expect(queries).toBe(20);
  });
});
