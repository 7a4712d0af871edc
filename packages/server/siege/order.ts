// The messages to and from an attacker's process.
import * as z from "zod";

const assault = z.object({
  /** The name of the kind of attack. */
  attack: z.string(),
  seed: z.number(),
  /** The number of strikes at a time. */
  together: z.number(),
});

/** One attack by one attacker. */
export type Assault = z.infer<typeof assault>;

/** An assault with its target, its organisation and its duration. */
export const order = assault.extend({ url: z.string(), orgId: z.string(), durationMs: z.number() });
export type Order = z.infer<typeof order>;

/** The number of answers by status; 0 is no answer. */
export const statuses = z.record(z.string(), z.number());
