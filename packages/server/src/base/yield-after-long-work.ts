import { setImmediate as nextIteration } from "node:timers/promises";

const longMs = 10;

/** Resolves when the last piece of long work may go on. */
let line: Promise<unknown> = Promise.resolve();

/**
 * Does work that cannot be split. If it took long, lets other requests run before it resolves. In each iteration of the event loop, only
 * one caller goes on after long work, so that large requests together delay others no more than one of them does.
 */
export async function yieldAfterLongWork<Result>(work: () => Result): Promise<Result> {
  const startedMs = performance.now();
  const result = work();
  if (performance.now() - startedMs > longMs) await (line = line.then(() => nextIteration()));
  return result;
}
