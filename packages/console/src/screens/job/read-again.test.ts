import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { readAgain } from "./read-again.ts";

test("changes that arrive during a read are read once after it", async () => {
  let state = 0;
  let reads = 0;
  const answers: (() => void)[] = [];
  const queries = new QueryClient();
  const query = new QueryObserver(queries, {
    queryKey: ["job", "1"],
    queryFn: async () => {
      const read = state;
      reads += 1;
      await new Promise<void>((resolve) => answers.push(resolve));
      return read;
    },
  });
  const stop = query.subscribe(() => {});
  const change = () => {
    state += 1;
    return readAgain(queries, ["job"]);
  };
  const changes = [change(), change()];
  await expect.poll(() => answers.length).toBe(1);
  answers[0]?.();
  await expect.poll(() => answers.length).toBe(2);
  answers[1]?.();
  await Promise.all(changes);
  expect([query.getCurrentResult().data, reads]).toEqual([2, 2]);
  stop();
});
