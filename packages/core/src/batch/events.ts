import * as z from "zod/mini";
import { boundedText } from "../dialect/bounded-text.ts";
import { openWord } from "../dialect/open-word.ts";
import { miningStatuses } from "./memory.ts";

const text = z.nullable(z.string());

/** The query of `GET /v1/events`. */
export const eventListQueryWire = z.object({
  user_id: z.optional(boundedText(255)),
  status: z.optional(z.enum(miningStatuses)),
  limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(200)), 50),
});
/** Which writes to list. */
export interface EventListQuery extends Partial<z.output<typeof eventListQueryWire>> {}

/** The memories that clients wrote, newest first, and whether their facts are mined. */
export const eventListWire = z.object({
  events: z.array(
    z.object({
      memory_id: z.string(),
      user_id: text,
      agent_id: text,
      status: openWord(miningStatuses),
      created_at: z.string(),
    }),
  ),
  /** How many memories are still to be mined, of all or of `user_id`. */
  processing: z.int(),
});
/** A list of writes in the wire format of the batch dialect. */
export interface EventListWire extends z.output<typeof eventListWire> {}
