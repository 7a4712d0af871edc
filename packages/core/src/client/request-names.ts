import { createUuidV7 } from "../ids/uuid-v7.ts";
import type { Runtime } from "./runtime.ts";

/**
 * A maker of the names that a client gives its requests: the id by which a log knows one, and the key by which a server
 * knows one that is sent again. They need to be no secret, only to differ from every other of an organisation within a
 * day: the runtime's own chance is enough.
 */
export function createRequestNames({ now, random }: Pick<Runtime, "now" | "random">): () => string {
  const randomBytes = (count: number) => Uint8Array.from({ length: count }, () => Math.floor(random() * 256));
  return createUuidV7({ now, randomBytes });
}
