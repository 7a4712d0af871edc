import { createUuidV7 } from "../ids/uuid-v7.ts";
import type { Runtime } from "./runtime.ts";

/**
 * A maker of keys by which a server knows a request that is sent again. A key needs to be no secret, only to differ
 * from every other of its organisation within a day: the runtime's own chance is enough.
 */
export function createIdempotencyKeys({ now, random }: Pick<Runtime, "now" | "random">): () => string {
  const randomBytes = (count: number) => Uint8Array.from({ length: count }, () => Math.floor(random() * 256));
  return createUuidV7({ now, randomBytes });
}
