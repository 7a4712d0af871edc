import type { MemoryId } from "@memlane/core";
import { parseUuidHex } from "@memlane/core/internal";
import { describe, expect, it } from "vitest";
import { statementOf } from "../statement/statement.ts";
import { reportMessages } from "./message-reports.ts";
import type { Decision } from "../reconcile/reconcile.ts";

const id = (number: number) => parseUuidHex(String(number).padStart(32, "0")) as MemoryId;
const statement = (...indexes: number[]) => {
  const messages = indexes.map((index) => ({
    role: "user",
    speaker: "user" as const,
    content: "",
    ownContent: "",
    saidAt: null,
    eventId: null,
    index,
  }));
  return statementOf("User likes tea.", messages[0]!, messages);
};
const messages = ["a", "b", "c", "d", "e"].map((content, at) => ({
  role: "user",
  content,
  dia_id: at === 0 ? "d1" : null,
}));

describe("reportMessages", () => {
  it("reports the outcome and the memories of each message", () => {
    const decisions: Decision[] = [
      { type: "create", statement: statement(0), id: id(1) },
      { type: "duplicate", supersedes: [], statement: statement(0, 1), of: id(2) },
      { type: "supersede", statement: statement(2), id: id(3), supersedes: [id(1)], why: ["only one home"] },
      { type: "create", statement: statement(2), id: id(4) },
      { type: "outdated", statement: statement(3) },
      { type: "unneeded", statement: statement(4) },
    ];
    expect(reportMessages(messages, decisions)).toEqual([
      { index: 0, id: "d1", outcome: "stored", memoryIds: [id(1), id(2)] },
      { index: 1, outcome: "duplicate", memoryIds: [id(2)] },
      { index: 2, outcome: "superseded", memoryIds: [id(3), id(4)] },
      { index: 3, outcome: "duplicate", memoryIds: [] },
      { index: 4, outcome: "nothing", memoryIds: [] },
    ]);
  });

  it("reports a message that could not be read as failed, even if it also has statements", () => {
    const decisions: Decision[] = [{ type: "create", statement: statement(0), id: id(1) }];
    const [first, second] = reportMessages(messages, decisions, [0]);
    expect([first?.outcome, second?.outcome]).toEqual(["failed", "nothing"]);
  });
});
