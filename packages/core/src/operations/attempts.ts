// The attempts of a job.
import * as z from "zod/mini";
import { openWord } from "../dialect/open-word.ts";

const instant = z.string();

/** How an attempt can end. */
export const attemptOutcomes = ["succeeded", "failed", "lost", "cancelled"] as const;

/** The answer to `GET /v1/jobs/{id}/attempts`. Its times are in ISO 8601. */
export const attemptsWire = z.object({
  /** The attempts that have ended, oldest first: the first one and the last 19. */
  data: z.array(
    z.object({
      number: z.int().check(z.gte(1)),
      /** `lost`: its worker died. */
      outcome: openWord(attemptOutcomes),
      started_at: instant,
      ended_at: instant,
      error: z.nullable(z.object({ code: z.string(), message: z.string() })),
      /** When the next attempt begins at the earliest; null if none follows, or at once. */
      next_try_at: z.nullable(instant),
      /** The stages of a conversation that were measured; their times may overlap. */
      stages: z.array(z.object({ name: z.string(), started_at: instant, duration_ms: z.number() })),
    }),
  ),
  /** When the attempt began that runs now; null if none does. */
  running_since: z.nullable(instant),
  enqueued_at: instant,
  /** How long the job waited for its first attempt; null before it. */
  waited_ms: z.nullable(z.number()),
});
/** The attempts of a job in the wire format. */
export interface AttemptsWire extends z.output<typeof attemptsWire> {}
