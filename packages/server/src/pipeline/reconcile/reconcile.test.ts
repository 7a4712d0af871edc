import type { MemoryId } from "@memlane/core";
import { parseUuidHex } from "@memlane/core/internal";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { statementOf as statementSaidBy, type Statement } from "../statement/statement.ts";
import { reconcile, type Decision } from "./reconcile.ts";
import type { KnownFact } from "../../store/known-facts.ts";
import { activeOf, factsAfter } from "../../../test/facts-after.ts";

function createIds(): () => MemoryId {
  let count = 0;
  return () => parseUuidHex((count += 1).toString(16).padStart(32, "0")) as MemoryId;
}

const statementOf = (text: string): Statement =>
  statementSaidBy(text, { role: "user", saidAt: null, eventId: null, index: 0 });

/** Stores what conversations say, one after the other. Returns all facts, and the decisions of the last one. */
function tell(conversations: readonly (readonly Statement[])[]) {
  const newId = createIds();
  let facts: readonly KnownFact[] = [];
  let decisions: readonly Decision[] = [];
  for (const [index, statements] of conversations.entries()) {
    const arrivedAt = new Date(Date.UTC(2030, 0, index + 1));
    decisions = reconcile(statements, { facts, arrivedAt }, newId);
    facts = factsAfter(facts, decisions, arrivedAt);
  }
  return { facts, decisions };
}

/** The texts that are active after each conversation, and the kinds of decisions of the last one. */
function remember(...conversations: readonly (readonly string[])[]) {
  const { facts, decisions } = tell(conversations.map((texts) => texts.map(statementOf)));
  return { active: activeOf(facts).map(({ text }) => text), decisions: decisions.map(({ type }) => type) };
}

const nothing = { facts: [], arrivedAt: new Date(0) };

describe("reconcile", () => {
  it("creates a memory for a new statement", () => {
    expect(remember(["User likes tea.", "User likes jazz."])).toEqual({
      active: ["User likes tea.", "User likes jazz."],
      decisions: ["create", "create"],
    });
  });

  it("finds a duplicate in another wording, within a job and across jobs", () => {
    expect(remember(["User likes hiking."], ["User likes to hike.", "User LIKES hiking!"])).toEqual({
      active: ["User likes hiking."],
      decisions: ["duplicate", "duplicate"],
    });
  });

  it("treats a statement that says less than a memory as a duplicate", () => {
    expect(remember(["User has a dog named Rex."], ["User has a dog."]).decisions).toEqual(["duplicate"]);
  });

  it("says why it supersedes", () => {
    const decisions = reconcile(
      ["User lives in Paris.", "User lives in Rome.", "User has a car.", "User sold their car."].map(
        statementOf,
      ),
      nothing,
      createIds(),
    );
    expect(decisions.flatMap((decision) => (decision.type === "supersede" ? decision.why : []))).toEqual([
      "only one home",
      "had and lost",
    ]);
  });

  it("lets a later statement take the slot of an earlier one, within a job and across jobs", () => {
    expect(remember(["User lives in Paris."], ["User moved to Berlin.", "User lives in Oslo."])).toEqual({
      active: ["User lives in Oslo."],
      decisions: ["supersede", "supersede"],
    });
  });

  it("names the memory that an earlier decision of the same job created", () => {
    const [first, second] = reconcile(
      [statementOf("User lives in Paris."), statementOf("User moved to Berlin.")],
      nothing,
      createIds(),
    );
    expect(second).toMatchObject({ supersedes: [first?.type === "create" && first.id] });
  });

  it("lets a denial replace what it denies, and the other way round", () => {
    expect(remember(["User likes tea."], ["User does not like tea."]).active).toEqual([
      "User does not like tea.",
    ]);
    expect(remember(["User is not married."], ["User is married."]).active).toEqual(["User is married."]);
  });

  it.each([
    ["User has a dog named Rex.", "User does not have a dog anymore."],
    ["User eats meat every day.", "User no longer eats meat."],
    ["User works as a nurse.", "User quit their job."],
    ["User works at Google.", "User quit their job."],
    ["User watches football every weekend.", "User never watches football."],
    ["User has a car.", "User sold their car."],
    ["User is planning a trip to Japan.", "User cancelled their trip to Japan."],
    ["User drinks coffee every morning.", "User gave up coffee."],
    ["User has a girlfriend named Lena.", "User broke up with their girlfriend."],
    ["User is single.", "User has a boyfriend now."],
    ["User has a cat named Momo.", "User's cat Momo died last week."],
    ["User does not have any pets.", "User has a hamster."],
    ["User eats meat every day.", "User is vegetarian."],
    ["User is a medical student.", "User graduated."],
    ["User is thinking of buying a house.", "User bought a house."],
    ["User is going to quit smoking.", "User quit smoking."],
    ["User has a dog.", "User has a dog named Rex."],
  ])("ends %j with %j", (earlier, later) => {
    expect(remember([earlier], [later]).active).toEqual([later]);
  });

  it.each([
    ["User has a dog house.", "User does not have a dog anymore."],
    ["User has a dog and a cat.", "User does not have a dog anymore."],
    ["User lives in Berlin.", "User no longer lives in Paris."],
    ["User lives in Berlin.", "User quit their job."],
    ["User has a car seat.", "User sold their car."],
    ["User is planning a trip to Peru.", "User cancelled their trip to Japan."],
    ["User has a cat named Momo.", "User's cat Luna died last week."],
    ["User has a dog named Rex.", "User has a dog named Luna."],
    ["User is going to run a marathon.", "User ran a marathon last year."],
    ["User does not have a car.", "User has a hamster."],
    ["User is married.", "User has a wife."],
  ])("keeps %j beside %j", (earlier, later) => {
    expect(remember([earlier], [later]).active).toEqual([earlier, later]);
  });

  it("stores a statement that is only a successor if it ends a fact of another message", () => {
    const change: Statement = { ...statementOf("Crete is off."), onlyAsSuccessor: true };
    const plan = statementOf("User is going to Crete in September.");
    expect(tell([[change]]).decisions).toMatchObject([{ type: "unneeded" }]);
    expect(tell([[plan], [change]]).decisions).toMatchObject([{ type: "supersede" }]);
    expect(tell([[plan, change]]).decisions).toMatchObject([{ type: "create" }, { type: "unneeded" }]);
  });

  it("does not bring back a fact that a conversation ends, if the conversation is read again", () => {
    const said = ["User lives in Paris.", "User moved to Berlin."];
    expect(remember(said, said)).toEqual({
      active: ["User moved to Berlin."],
      decisions: ["outdated", "duplicate"],
    });
  });

  it("does not bring it back, even if the stored memory says more than the last statement", () => {
    const said = ["User does not have a dog anymore.", "User has a dog named Rex.", "User has a dog."];
    const stored = ["User has a dog named Rex."];
    expect(remember(stored, said)).toEqual({
      active: stored,
      decisions: ["outdated", "duplicate", "duplicate"],
    });
  });

  it("keeps a fact that is said again after its end", () => {
    const said = ["User does not have a dog anymore.", "User has a dog named Rex."];
    expect(remember(["User has a dog named Rex."], said).active).toContain("User has a dog named Rex.");
  });

  it("follows somebody who moves back", () => {
    const said = ["User lives in Paris.", "User lives in Berlin.", "User lives in Paris."];
    expect(remember(said)).toEqual({
      active: ["User lives in Paris."],
      decisions: ["create", "supersede", "supersede"],
    });
  });

  describe("for any statements and any memories", () => {
    // Few texts, so that they often meet: slots, denials, endings and statements without relation.
    const text = fc.constantFrom(
      "User lives in Paris.",
      "User lives in Oslo.",
      "User no longer lives in Oslo.",
      "User works as a nurse.",
      "User works at Google.",
      "User quit their job.",
      "User has a dog.",
      "User has a dog named Rex.",
      "User does not have a dog anymore.",
      "User likes tea.",
      "User does not like tea.",
      "User likes jazz.",
      "User stopped smoking.",
      "User smokes.",
    );
    const statements = fc.array(text.map(statementOf), { maxLength: 12 });

    it("leaves one memory for each slot and each fingerprint", () => {
      fc.assert(
        fc.property(statements, statements, (earlier, later) => {
          const after = activeOf(tell([earlier, later]).facts);
          const slots = after.flatMap(({ slot }) => slot ?? []);
          const fingerprints = after.map(({ fingerprint }) => fingerprint);
          expect(new Set(slots).size).toBe(slots.length);
          expect(new Set(fingerprints).size).toBe(fingerprints.length);
        }),
      );
    });

    it("stores nothing the second time", () => {
      fc.assert(
        fc.property(statements, statements, (earlier, later) => {
          const again = tell([earlier, later, later]).decisions.map(({ type }) => type);
          expect(again.filter((type) => type !== "duplicate" && type !== "outdated")).toEqual([]);
        }),
      );
    });

    it("decides once for each statement, in order, and the same each time", () => {
      fc.assert(
        fc.property(statements, (said) => {
          const decisions = reconcile(said, nothing, createIds());
          expect(decisions.map(({ statement }) => statement)).toEqual(said);
          expect(reconcile(said, nothing, createIds())).toEqual(decisions);
        }),
      );
    });

    it("keeps the last statement, or one that says more", () => {
      fc.assert(
        fc.property(statements, statements, text.map(statementOf), (earlier, said, last) => {
          const after = activeOf(tell([earlier, [...said, last]]).facts);
          const says = (fingerprint: string) =>
            fingerprint === last.fingerprint || fingerprint.startsWith(`${last.fingerprint} `);
          expect(after.some(({ fingerprint }) => says(fingerprint))).toBe(true);
        }),
      );
    });
  });
});
