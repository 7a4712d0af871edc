import { randomBytes } from "node:crypto";
import { createUuidV7, type Uuid } from "@memlane/core";

/** A new UUIDv7, later in order than every one this process made before. */
export const newId: () => Uuid = createUuidV7({ now: Date.now, randomBytes });
