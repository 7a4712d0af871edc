// The statement that was said later wins, not the one that arrived later.
import type { MemoryId } from "@memlane/core";
import { parseUuidHex } from "@memlane/core/internal";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { activeOf, factsAfter } from "../../../test/facts-after.ts";
import type { KnownFact } from "../../store/known-facts.ts";
import { statementOf, type Statement } from "../statement/statement.ts";
import { reconcile, type Decision } from "./reconcile.ts";

type Dated = readonly [date: string | null, text: string];

function createIds(): () => MemoryId {
  let count = 0;
  return () => parseUuidHex((count += 1).toString(16).padStart(32, "0")) as MemoryId;
}

const say = ([date, text]: Dated): Statement =>
  statementOf(text, {
    role: "user",
    saidAt: date === null ? null : new Date(date),
    eventId: null,
    index: 0,
  });

const arrivesIn2030 = (index: number) => new Date(Date.UTC(2030, 0, index + 1));

/** Stores conversations in this order. */
function tell(...conversations: readonly (readonly Dated[])[]) {
  const newId = createIds();
  let facts: readonly KnownFact[] = [];
  const decisions: Decision[] = [];
  for (const [index, conversation] of conversations.entries()) {
    const arrivedAt = arrivesIn2030(index);
    const decided = reconcile(conversation.map(say), { facts, arrivedAt }, newId);
    decisions.push(...decided);
    facts = factsAfter(facts, decided, arrivedAt);
  }
  return { facts, decisions, types: decisions.map(({ type }) => type) };
}

const textsOf = (facts: readonly KnownFact[]) => activeOf(facts).map(({ text }) => text);
const dayOf = (date: Date | null | undefined) => date?.toISOString().slice(0, 10) ?? null;
const periodsOf = (facts: readonly KnownFact[]) =>
  Object.fromEntries(
    facts.map(({ text, firstSaidAt, invalidAt }) => [text, [dayOf(firstSaidAt), dayOf(invalidAt)]]),
  );

describe("reconcile by date", () => {
  it("stores a fact that arrives late as history, with the time of its end", () => {
    const { facts, decisions } = tell(
      [["2025-06-01", "User lives in Oslo."]],
      [["2019-01-01", "User lives in Rome."]],
    );
    expect(textsOf(facts)).toEqual(["User lives in Oslo."]);
    expect(periodsOf(facts)["User lives in Rome."]).toEqual(["2019-01-01", "2025-06-01"]);
    expect(decisions[1]).toMatchObject({ type: "late", supersededBy: facts[0]!.id, isRetracted: false });
  });

  it("puts a late fact between an older and a newer one", () => {
    const { facts } = tell(
      [["2019-01-01", "User lives in Rome."]],
      [["2025-06-01", "User lives in Oslo."]],
      [["2021-03-01", "User lives in Paris."]],
    );
    expect(periodsOf(facts)).toEqual({
      "User lives in Rome.": ["2019-01-01", "2021-03-01"],
      "User lives in Paris.": ["2021-03-01", "2025-06-01"],
      "User lives in Oslo.": ["2025-06-01", null],
    });
  });

  it("orders the messages of one conversation by their dates", () => {
    const { facts } = tell([
      ["2024-02-01", "User works at Globex."],
      ["2015-02-01", "User works at Initech."],
    ]);
    expect(textsOf(facts)).toEqual(["User works at Globex."]);
  });

  it("ends a fact that arrives late, even if the fact that ended it has ended, too", () => {
    const { facts, decisions } = tell(
      [["2020-01-01", "User no longer smokes."]],
      [["2021-01-01", "User smokes."]],
      [["2018-01-01", "User smokes every day."]],
    );
    expect(textsOf(facts)).toEqual(["User smokes."]);
    expect(decisions.at(-1)).toMatchObject({ type: "late", supersededBy: facts[0]!.id });
  });

  it("lets a late statement end older ones, although it is history itself", () => {
    const { facts } = tell(
      [["2018-01-01", "User smokes every day."]],
      [["2021-01-01", "User smokes."]],
      [["2020-01-01", "User no longer smokes."]],
    );
    expect(textsOf(facts)).toEqual(["User smokes."]);
  });

  it("remembers that a fact was said again, so that no earlier statement ends it", () => {
    const { facts, types } = tell(
      [["2018-02-01", "User loves sushi."]],
      [["2024-02-01", "User loves sushi."]],
      [["2020-02-01", "User hates sushi."]],
    );
    expect(types).toEqual(["create", "duplicate", "late"]);
    expect(textsOf(facts)).toEqual(["User loves sushi."]);
  });

  it("dates a fact back if an older message says it, too", () => {
    const { facts } = tell([["2024-02-01", "User loves sushi."]], [["2018-02-01", "User loves sushi."]]);
    expect(periodsOf(facts)).toEqual({ "User loves sushi.": ["2018-02-01", null] });
  });

  it("keeps the order of messages of one day, also when they arrive again", () => {
    const day = [
      ["2024-02-01", "User lives in Rome."],
      ["2024-02-01", "User lives in Oslo."],
      ["2024-02-01", "User lives in Rome."],
      ["2024-02-01", "User lives in Bern."],
    ] as const;
    const { facts, types } = tell(day, day);
    expect(textsOf(facts)).toEqual(["User lives in Bern."]);
    expect(types.slice(4)).toEqual(["duplicate", "duplicate", "duplicate", "duplicate"]);
  });

  it("treats a statement with a date after its arrival as said on arrival", () => {
    const { facts } = tell([["2040-01-01", "User lives in Rome."]], [[null, "User lives in Oslo."]]);
    expect(textsOf(facts)).toEqual(["User lives in Oslo."]);
  });

  it("treats a statement without a date as said on arrival", () => {
    const { facts } = tell([[null, "User lives in Oslo."]], [["2019-01-01", "User lives in Rome."]]);
    expect(textsOf(facts)).toEqual(["User lives in Oslo."]);
    expect(
      textsOf(tell([["2019-01-01", "User lives in Rome."]], [[null, "User lives in Oslo."]]).facts),
    ).toEqual(["User lives in Oslo."]);
  });

  // Slots, denials, retractions, and statements that end others but are not ended by them.
  const text = fc.constantFrom(
    "User lives in Paris.",
    "User lives in Oslo.",
    "User no longer lives in Oslo.",
    "User works as a nurse.",
    "User works at Google.",
    "User quit their job.",
    "User has a dog named Rex.",
    "User does not have a dog anymore.",
    "User likes tea.",
    "User does not like tea.",
    "User eats meat every day.",
    "User is vegetarian.",
    "User stopped smoking.",
    "User smokes.",
  );
  /** Conversations on different days, each with its messages in order. The conversations arrive in any order. */
  const conversations = fc
    .array(fc.array(text, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 7 })
    .map((days) =>
      days.map((texts, day) =>
        texts.map((each, hour): Dated => [new Date(Date.UTC(2020, 0, day + 1, hour)).toISOString(), each]),
      ),
    )
    .chain((inOrder) =>
      fc.tuple(fc.constant(inOrder), fc.shuffledSubarray(inOrder, { minLength: inOrder.length })),
    );

  it("ends in the same active facts in any order of arrival", () => {
    fc.assert(
      fc.property(conversations, ([inOrder, shuffled]) => {
        expect(new Set(textsOf(tell(...shuffled).facts))).toEqual(new Set(textsOf(tell(...inOrder).facts)));
      }),
      { numRuns: 200 },
    );
  });

  it("stores nothing when the same messages arrive again, in any order", () => {
    fc.assert(
      fc.property(conversations, ([inOrder, shuffled]) => {
        const once = tell(...inOrder);
        const twice = tell(...inOrder, ...shuffled);
        expect(twice.types.slice(once.types.length).filter((type) => type !== "duplicate")).toEqual([]);
        expect(textsOf(twice.facts)).toEqual(textsOf(once.facts));
      }),
      { numRuns: 100 },
    );
  });

  it("leaves one active fact for each slot and fingerprint, and ends no fact before it began", () => {
    fc.assert(
      fc.property(conversations, ([, shuffled]) => {
        const { facts } = tell(...shuffled);
        const active = activeOf(facts);
        const slots = active.flatMap(({ slot }) => slot ?? []);
        expect(new Set(slots).size).toBe(slots.length);
        expect(new Set(active.map(({ fingerprint }) => fingerprint)).size).toBe(active.length);
        for (const { lastSaidAt, invalidAt } of facts)
          expect((invalidAt ?? lastSaidAt).getTime()).toBeGreaterThanOrEqual(lastSaidAt.getTime());
      }),
    );
  });
});
