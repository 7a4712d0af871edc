import * as z from "zod/mini";
import { textOrNull } from "../dialect/answer-fields.ts";
import { openWord } from "../dialect/open-word.ts";

/** The states of a group. */
export const groupStatuses = ["active", "archived"] as const;
/** Whether new memories can be shared with a group. */
export type GroupStatus = (typeof groupStatuses)[number];

/** A group: memories that several users share. */
export const groupWire = z.object({
  object: z._default(z.literal("group"), "group"),
  id: z.string(),
  name: z.string(),
  /** What its memories are about; null for a catch-all group, which gets every memory that may be shared. */
  prompt: textOrNull,
  /** `active` or `archived`; an archived group gets no new memories, and its memories stay. */
  status: openWord(groupStatuses),
  /** In ISO 8601, like `updated_at`. */
  created_at: z.string(),
  updated_at: textOrNull,
});
/** A group in the wire format. */
export interface GroupWire extends z.output<typeof groupWire> {}

/** The answer to `GET /v1/groups`: all groups at once, oldest first. Our server lists at most 1,000. */
export const groupListWire = z.object({
  object: z._default(z.literal("list"), "list"),
  data: z._default(z.array(groupWire), []),
});
