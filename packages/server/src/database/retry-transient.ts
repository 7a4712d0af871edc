import { setTimeout as sleep } from "node:timers/promises";
import { isTransient } from "./transient-error.ts";

const pauseMs = 250;

/** Repeats a write while the database's errors are transient; rejects with the last one when `isOver`. */
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
