import * as z from "zod/mini";
import { openWord } from "../dialect/open-word.ts";
import { jobFieldsWire } from "../job/job-fields.ts";
import { itemErrorWire, type ItemErrorWire } from "./item-error.ts";
import { batchStatuses } from "./status.ts";

const count = z.int().check(z.gte(0));

/**
 * The fields of a batch job in the wire format, with these schemas for its parts. Fields that this dialect's own vendor does not have
 * are optional.
 */
export const batchJobOf = <
  Id extends z.ZodMiniType<string, string>,
  Status extends z.ZodMiniType<string, string>,
  Instant extends z.ZodMiniType,
>(
  id: Id,
  status: Status,
  instant: Instant,
) =>
  z.object({
    id,
    /** `pending`, `processing`, `completed` or `failed`; a newer server may send other words. */
    status,
    /** How many memories were submitted. */
    received: count,
    /** How many of these memories are stored. */
    imported: count,
    /** How many of these memories were refused. */
    failed: count,
    /** The reason for each refused memory. A server may shorten this list; `failed` is the full number. */
    errors: z._default(z.array(itemErrorWire), []),
    /** Why the whole batch failed; absent if it did not fail. */
    error: z.optional(
      z.object({ type: z._default(z.string(), "server_error"), code: z.string(), message: z.string() }),
    ),
    ...jobFieldsWire(instant),
  });

/** A batch job as any server of this dialect may send it: its status may be an unknown word. */
export const batchJobWire = batchJobOf(z.string(), openWord(Object.values(batchStatuses.words)), z.string());

/** A batch job in the wire format. */
export interface BatchJobWire extends z.output<typeof batchJobWire> {
  /** The reason for each refused memory. A server may shorten this list; `failed` is the full number. */
  errors: ItemErrorWire[];
}
