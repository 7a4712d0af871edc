import * as z from "zod/mini";
import { textOrNull as text } from "../dialect/answer-fields.ts";
import { openWord } from "../dialect/open-word.ts";
import { miningStatuses } from "./memory.ts";

/** The memories that clients wrote, newest first, and whether their facts are mined. */
export const eventListWire = z.object({
  events: z.array(
    z.object({
      memory_id: z.string(),
      user_id: text,
      agent_id: text,
      status: openWord(miningStatuses),
      created_at: text,
    }),
  ),
  /** How many memories are still to be mined: those of `user_id` if it is given, else all. */
  processing: z.int(),
});
/** A list of writes in the wire format of the batch dialect. */
export interface EventListWire extends z.output<typeof eventListWire> {}
