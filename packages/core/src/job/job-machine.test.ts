import * as fc from "fast-check";
import { describe, expect, expectTypeOf, test } from "vitest";
import { jobEventArbitrary, jobStateArbitrary } from "../testing/job-arbitraries.ts";
import {
  isTerminal,
  jobEvents,
  jobMoves,
  jobStates,
  moveJob,
  sourcesOf,
  tryMoveJob,
  type JobState,
  type LegalEvent,
  type TerminalState,
} from "./job-machine.ts";

const pairs = jobStates.flatMap((state) => jobEvents.map((event) => ({ state, event })));
const order: Readonly<Record<JobState, number>> = { queued: 0, active: 1, succeeded: 2, failed: 2 };

describe("for all states and events", () => {
  test("the machine answers with one of its states or with a refusal", () => {
    for (const { state, event } of pairs) {
      expect([...jobStates, undefined]).toContain(tryMoveJob(state, event));
    }
  });

  test("no move leads backwards", () => {
    for (const { state, event } of pairs) {
      const next = tryMoveJob(state, event);
      if (next !== undefined) expect(order[next]).toBeGreaterThanOrEqual(order[state]);
    }
  });

  test("no event changes an ended job", () => {
    for (const { state, event } of pairs) {
      if (isTerminal(state)) expect(tryMoveJob(state, event)).toBeUndefined();
    }
  });

  test("the sources of an event are exactly the states that it changes", () => {
    for (const { state, event } of pairs) {
      expect(sourcesOf(event).includes(state)).toBe(tryMoveJob(state, event) !== undefined);
    }
  });
});

test("the typed and the untyped move agree wherever both exist", () => {
  expect(moveJob("queued", "claim")).toBe(tryMoveJob("queued", "claim"));
  expect(moveJob("queued", "fail")).toBe(tryMoveJob("queued", "fail"));
  expect(moveJob("active", "claim")).toBe(tryMoveJob("active", "claim"));
  expect(moveJob("active", "succeed")).toBe(tryMoveJob("active", "succeed"));
  expect(moveJob("active", "fail")).toBe(tryMoveJob("active", "fail"));
  expect(pairs.filter(({ state, event }) => tryMoveJob(state, event) !== undefined)).toHaveLength(5);
});

test("for all events, a new job never goes back to an earlier state, and an ended job stays ended", () => {
  fc.assert(
    fc.property(fc.array(jobEventArbitrary), (events) => {
      const path = events.reduce<JobState[]>(
        (states, event) => [...states, tryMoveJob(states.at(-1)!, event) ?? states.at(-1)!],
        ["queued"],
      );
      const end = path.findIndex(isTerminal);
      if (end >= 0) expect(new Set(path.slice(end)).size).toBe(1);
      const places = path.map((state) => order[state]);
      expect(places).toEqual(places.toSorted((a, b) => a - b));
    }),
  );
});

test("every state can be reached from the first, and a terminal state from every state", () => {
  const reachable = (
    from: JobState,
    seen: ReadonlySet<JobState> = new Set([from]),
  ): ReadonlySet<JobState> => {
    const next = Object.values<JobState>(jobMoves[from]).filter((state) => !seen.has(state));
    return next.reduce((all, state) => reachable(state, new Set([...all, state])), seen);
  };
  expect(reachable("queued")).toEqual(new Set(jobStates));
  for (const state of jobStates) expect([...reachable(state)].some(isTerminal)).toBe(true);
});

test("a job succeeds only from active: it cannot end before it starts", () => {
  expect(sourcesOf("succeed")).toEqual(["active"]);
});

test("a state is terminal if and only if it has an outcome", () => {
  fc.assert(
    fc.property(jobStateArbitrary, (state) => {
      expect(isTerminal(state)).toBe(state === "succeeded" || state === "failed");
    }),
  );
});

test("an illegal move does not compile", () => {
  expectTypeOf<TerminalState>().toEqualTypeOf<"succeeded" | "failed">();
  expectTypeOf<LegalEvent<"queued">>().toEqualTypeOf<"claim" | "fail">();
  expectTypeOf<LegalEvent<"succeeded">>().toEqualTypeOf<never>();
  expectTypeOf(moveJob("active", "succeed")).toEqualTypeOf<"succeeded">();
  // @ts-expect-error: a queued job cannot succeed
  moveJob("queued", "succeed");
  // @ts-expect-error: no event changes a job that succeeded
  moveJob("succeeded", "fail");
  // @ts-expect-error: no event changes a job that failed
  moveJob("failed", "claim");
});

test("isTerminal narrows the state", () => {
  const state: JobState = tryMoveJob("active", "fail") ?? "queued";
  if (isTerminal(state)) expectTypeOf(state).toEqualTypeOf<TerminalState>();
  else expectTypeOf(state).toEqualTypeOf<"queued" | "active">();
});
