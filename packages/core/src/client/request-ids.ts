import { createUuidV7 } from "../ids/uuid-v7.ts";
import type { Runtime } from "./runtime.ts";

/**
 * Makes unique ids: request ids for logs, and idempotency keys. They are no secrets and need only differ within an
 * organisation and a day, so the runtime's own randomness is enough.
 */
export function createRequestIds({ now, random }: Pick<Runtime, "now" | "random">): () => string {
  const randomBytes = (count: number) => Uint8Array.from({ length: count }, () => Math.floor(random() * 256));
  return createUuidV7({ now, randomBytes });
}
