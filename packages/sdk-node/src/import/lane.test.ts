import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createLane } from "./lane.ts";

describe("a lane", () => {
  it("runs every task once, and never more at a time than its width", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.nat(20),
        fc.integer({ min: 1, max: 5 }),
        async (s, tasks, width) => {
          const lane = createLane(width);
          const done: number[] = [];
          let running = 0;
          let most = 0;
          const produce = async () => {
            for (let task = 0; task < tasks; task += 1) {
              await lane.begin(async () => {
                most = Math.max(most, (running += 1));
                await s.schedule(Promise.resolve());
                running -= 1;
                done.push(task);
              });
            }
            await lane.idle();
          };
          await s.waitFor(produce());
          expect(done.toSorted((a, b) => a - b)).toEqual([...Array(tasks).keys()]);
          expect(most).toBeLessThanOrEqual(width);
        },
      ),
    );
  });

  it("uses its whole width", async () => {
    const lane = createLane(3);
    let release = () => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    let running = 0;
    const begin = () =>
      lane.begin(() => {
        running += 1;
        return released;
      });
    await Promise.all([begin(), begin(), begin()]);
    const fourth = begin();
    expect(running).toBe(3);
    release();
    await fourth;
    await lane.idle();
    expect(running).toBe(4);
  });

  it("rethrows the failure of a task", async () => {
    const lane = createLane(1);
    await lane.begin(() => Promise.reject(new Error("broken")));
    await expect(lane.begin(async () => {})).rejects.toThrow("broken");
  });
});
