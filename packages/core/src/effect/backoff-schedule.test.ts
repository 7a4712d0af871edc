import * as Chunk from "effect/Chunk";
import * as Duration from "effect/Duration";
import * as Effect from "effect/Effect";
import * as Fiber from "effect/Fiber";
import * as Random from "effect/Random";
import * as Schedule from "effect/Schedule";
import * as TestClock from "effect/TestClock";
import * as TestContext from "effect/TestContext";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { backoffMs } from "../poll/backoff.ts";
import { backoffPolicyArbitrary, chanceArbitrary } from "../testing/policy-arbitraries.ts";
import { backoffSchedule } from "./backoff-schedule.ts";

/** The first delays of a schedule, in milliseconds, without waiting for any. */
function delaysOf(schedule: Schedule.Schedule<unknown>, count: number): Effect.Effect<readonly number[]> {
  return Schedule.delays(schedule).pipe(
    Schedule.run(
      0,
      Array.from({ length: count }, () => undefined),
    ),
    Effect.map((delays) => Chunk.toReadonlyArray(delays).map(Duration.toMillis)),
  );
}

test("for all policies and random numbers, the delays equal those of backoffMs", () => {
  fc.assert(
    fc.property(backoffPolicyArbitrary, fc.array(chanceArbitrary, { minLength: 1 }), (policy, chances) => {
      const left = [...chances];
      const delays = Effect.runSync(
        delaysOf(
          backoffSchedule(
            policy,
            Effect.sync(() => left.shift() ?? 0),
          ),
          chances.length,
        ),
      );
      expect(delays).toHaveLength(chances.length);
      for (const [attempt, delayMs] of delays.entries()) {
        // Effect counts in nanoseconds.
        expect(delayMs).toBeCloseTo(backoffMs(policy, attempt, chances[attempt] ?? 0), 5);
      }
    }),
  );
});

test("without the `random` argument, random numbers come from Effect's Random", () => {
  const policy = { initialMs: 100, factor: 2, maximumMs: 1000, jitter: 0.5 };
  const seeded = <A>(effect: Effect.Effect<A>) =>
    Effect.runSync(Effect.withRandom(effect, Random.make("seed")));
  const chances = seeded(Effect.all([Random.next, Random.next, Random.next]));
  expect(seeded(delaysOf(backoffSchedule(policy), 3))).toEqual(
    chances.map((chance, attempt) => expect.closeTo(backoffMs(policy, attempt, chance), 5)),
  );
});

test("it outputs the number of earlier retries, and continues until something else ends it", () => {
  const policy = { initialMs: 0, factor: 1, maximumMs: 0, jitter: 0 };
  const outputs = Schedule.run(backoffSchedule(policy), 0, Array.from({ length: 1000 }));
  expect(Chunk.toReadonlyArray(Effect.runSync(outputs)).at(-1)).toBe(999);
});

test("an effect is retried with the policy's delays", async () => {
  const policy = { initialMs: 100, factor: 2, maximumMs: 1000, jitter: 0 };
  const triedAtMs: number[] = [];
  const program = Effect.gen(function* () {
    const attempt = Effect.clockWith((clock) => clock.currentTimeMillis).pipe(
      Effect.tap((nowMs) => triedAtMs.push(nowMs)),
      Effect.zipRight(Effect.fail("not yet")),
    );
    const schedule = Schedule.intersect(backoffSchedule(policy), Schedule.recurs(5));
    const fiber = yield* Effect.fork(Effect.retry(attempt, schedule));
    yield* TestClock.adjust("1 hour");
    yield* Fiber.await(fiber);
  });
  await Effect.runPromise(Effect.provide(program, TestContext.TestContext));
  expect(triedAtMs).toEqual([0, 100, 300, 700, 1500, 2500]);
});
