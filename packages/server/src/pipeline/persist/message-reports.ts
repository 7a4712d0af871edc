import type { MemoryId, MessageOutcome, MessageReport } from "@memlane/core";
import type { WireMessage } from "../normalise/normalise-messages.ts";
import type { Decision } from "../reconcile/reconcile.ts";

/** A message may have several outcomes. The first of these counts. */
const precedence: readonly MessageOutcome[] = [
  "failed",
  "superseded",
  "stored",
  "duplicate",
  "skipped",
  "nothing",
];

/** Reports for each message what happened to its statements. */
export function reportMessages(
  messages: readonly WireMessage[],
  decisions: readonly Decision[],
  failed: readonly number[] = [],
): readonly MessageReport[] {
  const outcomes = messages.map(({ content }): MessageOutcome[] => [
    /[^\s\0]/.test(content) ? "nothing" : "skipped",
  ]);
  const memoryIds = messages.map(() => new Set<MemoryId>());
  for (const index of failed) outcomes[index]?.push("failed");
  for (const decision of decisions) {
    for (const index of decision.statement.sourceIndexes) {
      outcomes[index]?.push(outcomeOf(decision));
      const id = memoryOf(decision);
      if (id !== null) memoryIds[index]?.add(id);
    }
  }
  return messages.map(({ dia_id: id, skipped_parts, replaced_characters }, index) => ({
    index,
    ...(typeof id === "string" && { id }),
    outcome: precedence.find((outcome) => outcomes[index]!.includes(outcome))!,
    memoryIds: [...memoryIds[index]!],
    ...(skipped_parts !== undefined && { skippedParts: skipped_parts }),
    ...(replaced_characters !== undefined && { replacedCharacters: replaced_characters }),
  }));
}

function outcomeOf({ type }: Decision): MessageOutcome {
  switch (type) {
    case "create":
    case "late":
      return "stored";
    case "supersede":
      return "superseded";
    case "duplicate":
    case "outdated":
      return "duplicate";
    case "unneeded":
      return "nothing";
  }
}

function memoryOf(decision: Decision): MemoryId | null {
  switch (decision.type) {
    case "create":
    case "supersede":
    case "late":
      return decision.id;
    case "duplicate":
      return decision.of;
    case "outdated":
    case "unneeded":
      return null;
  }
}

/** Adds the artifacts of messages to the reports. A message with an artifact is stored. */
export function reportArtifacts(
  reports: readonly MessageReport[],
  sources: readonly { readonly messageIndex: number; readonly memoryId: MemoryId }[],
): readonly MessageReport[] {
  const byMessage = Map.groupBy(sources, ({ messageIndex }) => messageIndex);
  return reports.map((report) => {
    const ids = byMessage.get(report.index)?.map(({ memoryId }) => memoryId);
    if (ids === undefined) return report;
    const outcome = report.outcome === "nothing" ? "stored" : report.outcome;
    return { ...report, outcome, memoryIds: [...new Set([...report.memoryIds, ...ids])] };
  });
}
