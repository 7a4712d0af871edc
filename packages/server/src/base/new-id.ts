import { randomBytes } from "node:crypto";
import type { Uuid } from "@memlane/core";
import { createUuidV7 } from "@memlane/core/internal";

const drawn = 4096;
let pool = new Uint8Array();
let used = 0;

/**
 * Random bytes. They are fetched in large blocks, because one system call per id would take longer
 * than making the id.
 */
function takeRandomBytes(count: number): Uint8Array {
  if (used + count > pool.length) {
    pool = randomBytes(drawn);
    used = 0;
  }
  return pool.subarray(used, (used += count));
}

/** A new UUIDv7. It sorts after every id that this process made before. */
export const newId: () => Uuid = createUuidV7({ now: Date.now, randomBytes: takeRandomBytes });
