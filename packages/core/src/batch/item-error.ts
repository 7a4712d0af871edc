import * as z from "zod/mini";
import type { OurNames } from "../dialect/our-names.ts";

/** Why one item of a batch was not stored, in the wire format. Our code uses the same field names. */
export const itemErrorWire = z.object({
  /** Its position in the submitted array. */
  index: z.int().check(z.gte(0)),
  /** The reason, as a text for people. */
  error: z.string(),
  /** The reason, as a code for programs; absent if the server does not send it. */
  code: z.optional(z.string()),
  /** Whether the same item can be stored when it is sent again; absent if the server does not send it. */
  retryable: z.optional(z.boolean()),
  /** The client's own id of the item, its `metadata.id`; absent if it has none. */
  id: z.optional(z.string()),
});

/** Why one item of a batch was not stored, in the wire format. */
export interface ItemErrorWire extends z.output<typeof itemErrorWire> {}

/** Why one item of a batch was not stored. */
export interface ItemError extends OurNames<ItemErrorWire> {}
