import * as z from "zod/mini";
import { groupIds, jobIds, memoryIds, type IdCodec } from "../ids/id.ts";
import type { Uuid } from "../ids/uuid.ts";

const idWire = <Id extends Uuid>(ids: IdCodec<Id>, print: (id: Id) => string, example: string) =>
  z.codec(z.string().check(z.meta({ examples: [example] })), z.custom<Id>(), {
    decode: (text, context) => {
      const id = ids.parse(text);
      if (id !== undefined) return id;
      const message = `is neither ${ids.prefix}<32 hex digits> nor a UUID`;
      context.issues.push({ code: "custom", input: text, message });
      return z.NEVER;
    },
    encode: print,
  });

/** `job_<32 hex>`. */
export const jobIdWire = idWire(jobIds, jobIds.print, "job_019a2f3c4d5e7f60a1b2c3d4e5f60718");
/** A memory id that is printed as a UUID with dashes. */
export const memoryUuidWire = idWire(memoryIds, (id) => id, "019a2f3c-4d5e-7f60-a1b2-c3d4e5f60718");
/** A memory id that is printed as `mem_<32 hex>`. */
export const memoryIdWire = idWire(memoryIds, memoryIds.print, "mem_019a2f3c4d5e7f60a1b2c3d4e5f60718");
/** `grp_<32 hex>`. */
export const groupIdWire = idWire(groupIds, groupIds.print, "grp_019a2f3c4d5e7f60a1b2c3d4e5f60718");
