import fc from "fast-check";
import { expect, test } from "vitest";
import { createOrgLines } from "./org-lines.ts";

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

test("the lines are served in turn, whoever came first", async () => {
  const enter = linesWith({ ofAll: 1 });
  const leaveFirst = await enter("a");
  const order: string[] = [];
  const waiting = ["a", "a", "a", "b", "c"].map(async (orgId) => {
    const leave = await enter(orgId);
    order.push(orgId);
    leave();
  });
  leaveFirst();
  await Promise.all(waiting);
  expect(order.slice(0, 3).toSorted()).toEqual(["a", "b", "c"]);
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
