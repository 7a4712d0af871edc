import { setTimeout as sleep } from "node:timers/promises";
import { isTransient } from "./transient-error.ts";

const pauseMs = 250;

/**
 * Repeats a write while it fails with transient errors. Once `isOver` returns true, it rejects with
 * the last error.
 */
export async function retryTransient<Result>(
  write: () => Promise<Result>,
  isOver: () => boolean,
): Promise<Result> {
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (!isTransient(error) || isOver()) throw error;
      await sleep(pauseMs);
    }
  }
}
