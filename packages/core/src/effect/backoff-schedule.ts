import * as Duration from "effect/Duration";
import * as Effect from "effect/Effect";
import * as Random from "effect/Random";
import * as Schedule from "effect/Schedule";
import { backoffMs, type BackoffPolicy } from "../poll/backoff.ts";

/**
 * An endless schedule with the delays of a policy. It outputs the number of earlier delays.
 * `random` is uniform in [0, 1); without it, random numbers come from Effect's `Random`.
 */
export function backoffSchedule(
  policy: BackoffPolicy,
  random: Effect.Effect<number> = Random.next,
): Schedule.Schedule<number> {
  return Schedule.addDelayEffect(Schedule.forever, (attempt) =>
    Effect.map(random, (chance) => Duration.millis(backoffMs(policy, attempt, chance))),
  );
}
