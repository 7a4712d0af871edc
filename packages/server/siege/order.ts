// What an attacker's process is told, and what it tells.
import * as z from "zod";

const assault = z.object({
  /** The kind, by its name. */
  attack: z.string(),
  seed: z.number(),
  /** Strikes at a time. */
  together: z.number(),
});

/** What is to be attacked with. */
export type Assault = z.infer<typeof assault>;

/** An assault, and where, as whom and how long. */
export const order = assault.extend({ url: z.string(), orgId: z.string(), durationMs: z.number() });
export type Order = z.infer<typeof order>;

/** How often each status was answered; 0 for no answer. */
export const statuses = z.record(z.string(), z.number());
