import type { MemoryId } from "@memlane/core";
import { parseUuidHex } from "@memlane/core/internal";
import { describe, expect, it } from "vitest";
import { claimOf } from "./claim-of.ts";
import { reportMessages } from "./message-reports.ts";
import type { Decision } from "./reconcile.ts";

const id = (number: number) => parseUuidHex(String(number).padStart(32, "0")) as MemoryId;
const claim = (...indexes: number[]) => {
  const messages = indexes.map((index) => ({
    role: "user",
    content: "",
    saidAt: null,
    eventId: null,
    index,
  }));
  return claimOf("User likes tea.", messages[0]!, messages);
};
const messages = ["a", "b", "c", "d", "e"].map((content, at) => ({
  role: "user",
  content,
  dia_id: at === 0 ? "d1" : null,
}));

describe("reportMessages", () => {
  it("says of each message what became of it, and which memories hold what it says", () => {
    const decisions: Decision[] = [
      { type: "create", claim: claim(0), id: id(1) },
      { type: "duplicate", claim: claim(0, 1), of: id(2) },
      { type: "supersede", claim: claim(2), id: id(3), supersedes: [id(1)], why: ["only one home"] },
      { type: "create", claim: claim(2), id: id(4) },
      { type: "outdated", claim: claim(3) },
    ];
    expect(reportMessages(messages, decisions)).toEqual([
      { index: 0, id: "d1", outcome: "stored", memoryIds: [id(1), id(2)] },
      { index: 1, outcome: "duplicate", memoryIds: [id(2)] },
      { index: 2, outcome: "superseded", memoryIds: [id(3), id(4)] },
      { index: 3, outcome: "duplicate", memoryIds: [] },
      { index: 4, outcome: "nothing", memoryIds: [] },
    ]);
  });

  it("says of a message that could not be read that it failed, whatever else it said", () => {
    const decisions: Decision[] = [{ type: "create", claim: claim(0), id: id(1) }];
    const [first, second] = reportMessages(messages, decisions, [0]);
    expect([first?.outcome, second?.outcome]).toEqual(["failed", "nothing"]);
  });
});
