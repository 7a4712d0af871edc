import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createOrgLines, type EnterLine } from "./org-lines.ts";

const linesWith = (options: object) =>
  createOrgLines({
    ofAll: 3,
    ofOrg: 2,
    mostWaiting: 100,
    waitMs: 60_000,
    refuse: (why) => new Error(why),
    ...options,
  });

test("no more than allowed are inside, and all enter in the end", async () => {
  const arrivals = fc.array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(arrivals, fc.infiniteStream(fc.nat()), async (orgIds, choices) => {
      const enter = linesWith({});
      const inside: { readonly orgId: string; readonly leave: () => void }[] = [];
      let entered = 0;
      const arrive = async (orgId: string) => {
        inside.push({ orgId, leave: await enter(orgId) });
        entered += 1;
      };
      const all = Promise.all(orgIds.map(arrive));
      while (entered < orgIds.length || inside.length > 0) {
        await Promise.resolve();
        await Promise.resolve();
        expect(inside.length).toBeGreaterThan(0);
        expect(inside.length).toBeLessThanOrEqual(3);
        for (const org of ["a", "b", "c"])
          expect(inside.filter(({ orgId }) => orgId === org).length).toBeLessThanOrEqual(2);
        const [out] = inside.splice(choices.next().value! % inside.length, 1);
        out!.leave();
      }
      await all;
    }),
  );
});

describe("if uses take different times", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const runMs = 20_000;

  /** Uses a place again and again. Resolves with the time of its uses and of its waits. */
  async function use(enter: EnterLine, orgId: string, useMs: number, pauseMs = 0) {
    const untilMs = performance.now() + runMs;
    const total = { usedMs: 0, waitedMs: 0 };
    while (performance.now() < untilMs) {
      const arrivedMs = performance.now();
      const leave = await enter(orgId);
      total.waitedMs += performance.now() - arrivedMs;
      await sleep(useMs);
      leave();
      total.usedMs += useMs;
      await sleep(pauseMs);
    }
    return total;
  }

  test("each organisation gets the same time, not the same number of uses", async () => {
    const enter = linesWith({ ofAll: 1 });
    const used = Promise.all([use(enter, "long", 500), use(enter, "short", 10), use(enter, "short", 10)]);
    await vi.advanceTimersByTimeAsync(2 * runMs);
    const [long, ...short] = (await used).map(({ usedMs }) => usedMs);
    expect(Math.abs(long! - short[0]! - short[1]!)).toBeLessThanOrEqual(1000);
  });

  test("an organisation of short uses hardly waits for those of long uses", async () => {
    const enter = linesWith({ ofAll: 6, ofOrg: 3 });
    const long = ["a", "b", "c"].flatMap((orgId) =>
      Array.from({ length: 7 }, (_, index) => use(enter, orgId, 400 + 30 * index)),
    );
    const short = use(enter, "short", 10, 20);
    await vi.advanceTimersByTimeAsync(2 * runMs);
    await Promise.all(long);
    expect((await short).waitedMs).toBeLessThan(runMs / 5);
  });
});

test("who finds the line full, waits too long or goes away is refused, and takes no place", async () => {
  const enter = linesWith({ ofAll: 1, mostWaiting: 2, waitMs: 20 });
  const leave = await enter("a");
  const gone = new AbortController();
  const late = enter("a");
  const left = enter("a", gone.signal);
  await expect(enter("a")).rejects.toThrow("line is full");
  gone.abort();
  await expect(left).rejects.toThrow("aborted");
  await expect(enter("a", gone.signal)).rejects.toThrow("aborted");
  await expect(late).rejects.toThrow("waited too long");
  leave();
  (await enter("b"))();
});
