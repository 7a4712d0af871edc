import * as z from "zod/mini";

const text = z.nullable(z.string());
const count = z.number().check(z.gte(0));

/** An event about what is stored, not about a job. */
export const dataEventWire = z.discriminatedUnion("event", [
  z.object({
    event: z.literal("memory.created"),
    data: z.object({
      /** In the spelling of the batch dialect, `mem_…`. */
      id: z.string(),
      user_id: text,
      agent_id: text,
    }),
  }),
  z.object({
    event: z.literal("fact.invalidated"),
    data: z.object({
      fact_id: z.string(),
      /** The fact that replaced it; null if none did. */
      invalidated_by: text,
      /** When it stopped being true, in ISO 8601. It may be still to come. */
      at: z.string(),
    }),
  }),
  z.object({
    event: z.literal("quota.warning"),
    data: z.object({
      /** Memories stored this month. */
      used: count,
      /** How many may be stored in a month. */
      limit: count,
      /** The used part of the quota, rounded down. */
      percent: count,
    }),
  }),
]);
/** An event about what is stored, in the wire format; `event` names its kind. */
export type DataEventWire = z.output<typeof dataEventWire>;

/** The events about what is stored that a webhook can subscribe to. */
export const dataEvents = [
  "memory.created",
  "fact.invalidated",
  "quota.warning",
] as const satisfies readonly DataEventWire["event"][];
