import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chanceArbitrary, pollPolicyArbitrary } from "../testing/policy-arbitraries.ts";
import { createScriptedClock } from "../testing/scripted-clock.ts";
import { pollStep, startPoll, type PollAction, type PollEvent, type PollPolicy } from "./poll.ts";

/** What a server does with one request. */
interface Reply {
  readonly takesMs: number;
  readonly event: PollEvent;
}

/** A complete poll on a simulated clock that starts at 0. */
function simulate(policy: PollPolicy, serve: (number: number) => Reply, random: () => number) {
  const clock = createScriptedClock(0);
  const sends: { readonly atMs: number; readonly timeoutMs: number }[] = [];
  const waits: number[] = [];
  let state = startPoll(policy, clock.now());
  let event: PollEvent = { type: "due" };
  let heardAtMs = 0;
  for (;;) {
    const [next, action]: readonly [typeof state, PollAction] = pollStep(
      policy,
      state,
      event,
      clock.now(),
      random(),
    );
    state = next;
    switch (action.type) {
      case "send": {
        const { takesMs, event: reply } = serve(sends.length);
        sends.push({ atMs: clock.now(), timeoutMs: action.timeoutMs });
        clock.advance(Math.min(takesMs, action.timeoutMs));
        event = takesMs > action.timeoutMs ? { type: "failure", retryable: true } : reply;
        heardAtMs = clock.now();
        break;
      }
      case "wait":
        waits.push(action.delayMs);
        clock.advance(action.delayMs);
        event = { type: "due" };
        break;
      case "return":
      case "timeout":
      case "fail":
        return { end: action.type, endMs: clock.now(), heardAtMs, sends, waits };
    }
  }
}

const retryAfterArbitrary = fc.option(fc.nat({ max: 20_000 }), { nil: undefined, freq: 3 });
const goesOn: fc.Arbitrary<PollEvent> = fc.oneof(
  fc.record({
    type: fc.constant("job" as const),
    state: fc.constantFrom("queued" as const, "active" as const, undefined),
    retryAfterMs: retryAfterArbitrary,
    expectedInMs: fc.option(fc.nat({ max: 100_000 }), { nil: undefined }),
  }),
  fc.record({
    type: fc.constant("failure" as const),
    retryable: fc.constant(true),
    retryAfterMs: retryAfterArbitrary,
  }),
);
const ends: fc.Arbitrary<PollEvent> = fc.oneof(
  fc.record({
    type: fc.constant("job" as const),
    state: fc.constantFrom("succeeded" as const, "failed" as const),
  }),
  fc.record({ type: fc.constant("failure" as const), retryable: fc.constant(false) }),
);
const takesMs = fc.oneof(fc.nat({ max: 500 }), fc.nat({ max: 100_000 }), fc.constant(Infinity));
const servers = fc
  .infiniteStream(
    fc.record({
      takesMs,
      event: fc.oneof({ weight: 20, arbitrary: goesOn }, { weight: 1, arbitrary: ends }),
    }),
  )
  .map((replies) => () => replies.next().value);
const randoms = fc.infiniteStream(chanceArbitrary).map((chances) => () => chances.next().value);
const always = (event: PollEvent, ms = 0) => fc.constant((): Reply => ({ takesMs: ms, event }));

function forAll(
  check: (policy: PollPolicy, run: ReturnType<typeof simulate>) => void,
  arbitrary: fc.Arbitrary<(number: number) => Reply> = servers,
) {
  fc.assert(
    fc.property(pollPolicyArbitrary, arbitrary, randoms, (policy, serve, random) => {
      check(policy, simulate(policy, serve, random));
    }),
  );
}

describe("for all policies and servers", () => {
  test("a poll ends at the latest at its deadline", () => {
    forAll((policy, { endMs }) => expect(endMs).toBeLessThanOrEqual(policy.timeoutMs + 1e-6));
  });

  test("every request has a time limit that ends before the deadline", () => {
    forAll((policy, { sends }) => {
      for (const { atMs, timeoutMs } of sends) {
        expect(timeoutMs).toBeGreaterThan(0);
        expect(timeoutMs).toBeLessThanOrEqual(policy.requestTimeoutMs);
        expect(atMs + timeoutMs).toBeLessThanOrEqual(policy.timeoutMs + 1e-6);
      }
    });
  });

  test("the first request goes out at once", () => {
    forAll((_, { sends }) => expect(sends[0]?.atMs).toBe(0));
  });

  test("no wait except the last is shorter than the first delay", () => {
    forAll(({ backoff }, { waits }) => {
      for (const delayMs of waits.slice(0, -1)) {
        expect(delayMs).toBeGreaterThanOrEqual(backoff.initialMs * (1 - backoff.jitter));
      }
    });
  });

  test("the number of requests is bounded by the time", () => {
    forAll(({ backoff, timeoutMs }, { sends }) => {
      const shortestMs = backoff.initialMs * (1 - backoff.jitter);
      expect(sends.length).toBeLessThanOrEqual(2 + timeoutMs / shortestMs);
    });
  });

  test("it stops at the first event that ends it", () => {
    forAll((_, { end, endMs, heardAtMs }) => {
      if (end === "return" || end === "fail") expect(endMs).toBe(heardAtMs);
    });
  });

  test("if an unfinished job is answered at once, the last request is sent as late as the deadline allows", () => {
    for (const event of [
      { type: "job", state: "active" },
      { type: "failure", retryable: true },
    ] satisfies PollEvent[]) {
      forAll(({ backoff, timeoutMs }, { end, sends }) => {
        expect(end).toBe("timeout");
        expect(sends.at(-1)?.atMs).toBeCloseTo(Math.max(0, timeoutMs - backoff.initialMs), 3);
      }, always(event));
    }
  });

  test("an unknown status waits exactly like a known unfinished one", () => {
    fc.assert(
      fc.property(
        pollPolicyArbitrary,
        chanceArbitrary,
        fc.nat({ max: 1000 }),
        retryAfterArbitrary,
        (policy, chance, ms, retryAfterMs) => {
          const run = (state: "active" | undefined) =>
            simulate(
              policy,
              () => ({ takesMs: ms, event: { type: "job", state, retryAfterMs } }),
              () => chance,
            );
          expect(run(undefined)).toEqual(run("active"));
        },
      ),
    );
  });

  test("an ended job is returned by the request that read it", () => {
    forAll(
      (_, { end, sends }) => {
        expect(end).toBe("return");
        expect(sends).toHaveLength(1);
      },
      fc
        .constantFrom("succeeded" as const, "failed" as const)
        .map((state) => () => ({ takesMs: 0, event: { type: "job", state } })),
    );
  });

  test("a failure that no retry can help fails at once", () => {
    forAll(
      (_, { end, sends, waits }) => {
        expect(end).toBe("fail");
        expect(sends).toHaveLength(1);
        expect(waits).toEqual([]);
      },
      always({ type: "failure", retryable: false }),
    );
  });

  test("a Retry-After beyond the deadline ends the wait at once", () => {
    fc.assert(
      fc.property(
        pollPolicyArbitrary,
        goesOn,
        fc.double({ min: 0, noNaN: true }),
        (policy, event, beyondMs) => {
          const retryAfterMs = policy.timeoutMs + beyondMs;
          const run = simulate(
            policy,
            () => ({ takesMs: 0, event: { ...event, retryAfterMs } }),
            () => 0,
          );
          expect(run).toMatchObject({ end: "timeout", endMs: 0, waits: [] });
          expect(run.sends).toHaveLength(1);
        },
      ),
    );
  });

  test("a Retry-After before the deadline is respected", () => {
    fc.assert(
      fc.property(pollPolicyArbitrary, goesOn, fc.nat({ max: 120_000 }), (policy, event, retryAfterMs) => {
        fc.pre(retryAfterMs < policy.timeoutMs && retryAfterMs >= policy.backoff.initialMs);
        const run = simulate(
          policy,
          () => ({ takesMs: 0, event: { ...event, retryAfterMs } }),
          () => 0,
        );
        expect(run.waits[0]).toBe(retryAfterMs);
      }),
    );
  });
});

test("a poll without any time sends no request", () => {
  const policy = {
    backoff: { initialMs: 1, factor: 1, maximumMs: 1, jitter: 0 },
    timeoutMs: 0,
    requestTimeoutMs: 1,
  };
  expect(pollStep(policy, startPoll(policy, 5), { type: "due" }, 5, 0)[1]).toEqual({ type: "timeout" });
});

test("a poll without a deadline continues until the job ends", () => {
  const policy = {
    backoff: { initialMs: 100, factor: 2, maximumMs: 1000, jitter: 0 },
    timeoutMs: Infinity,
    requestTimeoutMs: 1000,
  };
  const run = simulate(
    policy,
    (number) => ({ takesMs: 0, event: { type: "job", state: number === 500 ? "succeeded" : "active" } }),
    () => 0,
  );
  expect(run.end).toBe("return");
  expect(run.endMs).toBe(100 + 200 + 400 + 800 + 496 * 1000);
});

test("timers that fire early do not cause a busy loop before the deadline", () => {
  const policy = {
    backoff: { initialMs: 100, factor: 2, maximumMs: 1000, jitter: 0 },
    timeoutMs: 1000,
    requestTimeoutMs: 1000,
  };
  let state = startPoll(policy, 0);
  let event: PollEvent = { type: "due" };
  let nowMs = 0;
  let sends = 0;
  for (let step = 0; step < 100; step += 1) {
    const [next, action]: readonly [typeof state, PollAction] = pollStep(policy, state, event, nowMs, 0);
    state = next;
    if (action.type === "timeout") break;
    if (action.type === "send") sends += 1;
    if (action.type === "wait") nowMs += Math.max(0, action.delayMs - 1);
    event = action.type === "wait" ? { type: "due" } : { type: "job", state: "active" };
  }
  expect(sends).toBe(5); // at 0, 99, 298, 697 and the last one at 899
});
