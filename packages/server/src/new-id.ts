import { randomFillSync } from "node:crypto";
import { createUuidV7, type Uuid } from "@memlane/core";

const pool = new Uint8Array(4096);
let used = pool.length;

/** Random bytes, which the system is asked for many at a time: to ask for each id would take longer than to make it. */
function randomBytes(count: number): Uint8Array {
  if (used + count > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  return pool.subarray(used, (used += count));
}

/** A new UUIDv7, later in order than every one this process made before. */
export const newId: () => Uuid = createUuidV7({ now: Date.now, randomBytes });
