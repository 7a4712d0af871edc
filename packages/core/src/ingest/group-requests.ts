import * as z from "zod/mini";
import { boundedText, notBlank } from "../dialect/bounded-text.ts";
import { groupStatuses } from "./group.ts";

const name = boundedText(120, 1).check(notBlank);
const prompt = boundedText(2000, 1).check(notBlank);

/** The body of `POST /v1/groups`. */
export const groupCreateRequestWire = z.object({
  /** 1 to 120 characters. */
  name,
  /** What its memories are about, 1 to 2,000 characters. Without it, the group is a catch-all. */
  prompt: z.optional(z.nullable(prompt)),
});
/** What a client sends to create a group. */
export interface GroupCreateRequest extends z.input<typeof groupCreateRequestWire> {}

/** The body of `PATCH /v1/groups/{id}`. A field that is null or absent stays as it is. */
export const groupUpdateRequestWire = z.object({
  name: z.optional(z.nullable(name)),
  /** It can be changed but never removed. */
  prompt: z.optional(z.nullable(prompt)),
  status: z.optional(z.nullable(z.enum(groupStatuses))),
});
/** What a client sends to change a group. */
export interface GroupUpdateRequest extends z.input<typeof groupUpdateRequestWire> {}

/** The most groups of one memory, and of one ingest request. */
export const maximumGroupsOfMemory = 20;

const groupsToChange = z.optional(z.nullable(z.array(boundedText(255)).check(z.maxLength(100))));

/** The body of `PATCH /v1/memories/{id}` in the ingest dialect. Groups are removed before others are added. */
export const groupChangeRequestWire = z.object({
  /** Active groups. */
  add_group_ids: groupsToChange,
  remove_group_ids: groupsToChange,
});
/** What a client sends to change the groups of a memory. */
export interface GroupChangeRequest extends z.input<typeof groupChangeRequestWire> {}
