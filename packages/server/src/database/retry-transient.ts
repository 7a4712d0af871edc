import { setTimeout as sleep } from "node:timers/promises";
import { isTransient } from "./transient-error.ts";

const pauseMs = 250;

/**
 * Repeats a write while it fails with transient errors. Rejects with the last error as soon as `mustStop` of it returns true.
 */
export async function retryTransient<Result>(
  write: () => Promise<Result>,
  mustStop: (error: unknown) => boolean,
): Promise<Result> {
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (!isTransient(error) || mustStop(error)) throw error;
      await sleep(pauseMs);
    }
  }
}
