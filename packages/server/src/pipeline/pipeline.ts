// The computation of an ingest job: all work on a tenant's words, without the database.
import type { ExtractorReport, MemoryId } from "@memlane/core";
import { newId } from "../base/new-id.ts";
import type { ActiveFact, FactReach } from "../store/memories.ts";
import type { Statement } from "./statement/statement.ts";
import type { ExtractOptions, Extractor } from "./extract/extractor.ts";
import { oppositeOf } from "./statement/fingerprint.ts";
import { normaliseMessages, type WireMessage } from "./normalise/normalise-messages.ts";
import { needsAllStatements } from "./match/active-statements.ts";
import { reconcile, type Decision } from "./reconcile/reconcile.ts";

/** A conversation as it arrives. */
export interface Conversation {
  readonly messages: readonly WireMessage[];
  /** The format of the dates, in the notation of `strptime`; ISO 8601 if null. */
  readonly timestampFormat: string | null;
}

/** When a stage ran. */
export interface StageTime {
  readonly name: "normalise" | "extract" | "reconcile";
  /** Milliseconds since 1970. */
  readonly startedAtMs: number;
  readonly ms: number;
}

/** What was found in a conversation. */
export interface Reading {
  readonly statements: readonly Statement[];
  /** Which active facts the statements may repeat or end. */
  readonly reach: FactReach;
  /** The positions of the messages that could not be read. */
  readonly failed: readonly number[];
  readonly by: ExtractorReport;
  readonly stages: readonly StageTime[];
}

/** The decisions about the statements. */
export interface Verdicts {
  readonly decisions: readonly Decision[];
  readonly stages: readonly StageTime[];
}

/** Reads conversations, and compares their statements with the known facts. */
export interface Pipeline {
  /** `normalise → extract`. Rejects with the signal's reason when it aborts. */
  readonly read: (conversation: Conversation, options: ExtractOptions) => Promise<Reading>;
  /** `reconcile`: decides about each statement, given the active facts. */
  readonly reconcile: (
    statements: readonly Statement[],
    active: readonly ActiveFact[],
    options: Pick<ExtractOptions, "signal">,
  ) => Promise<Verdicts>;
  readonly close: () => Promise<void>;
}

/** Makes a pipeline that runs on the calling thread. */
export function createPipeline(extractor: Extractor): Pipeline {
  return {
    async read({ messages: wire, timestampFormat }, options) {
      const [messages, normalising] = timed("normalise", () => normaliseMessages(wire, timestampFormat));
      const [extracting, started] = timed("extract", () => extractor.extract(messages, options));
      const { statements, failed = [], by } = await extracting;
      const extracted = { ...started, ms: nowMs() - started.startedAtMs };
      return { statements, reach: reachOf(statements), failed, by, stages: [normalising, extracted] };
    },
    async reconcile(statements, active) {
      const [decisions, stage] = timed("reconcile", () =>
        reconcile(statements, active, () => newId() as MemoryId),
      );
      return { decisions, stages: [stage] };
    },
    close: async () => {},
  };
}

/** Some statements may end any fact. The others may only repeat or end facts with these slots and fingerprints. */
function reachOf(statements: readonly Statement[]): FactReach {
  return {
    needsRecent: statements.some(needsAllStatements),
    slots: statements.flatMap(({ slot }) => slot ?? []),
    fingerprints: statements.flatMap(({ fingerprint }) => [fingerprint, oppositeOf(fingerprint)]),
  };
}

function timed<Result>(name: StageTime["name"], run: () => Result): [Result, StageTime] {
  const startedAtMs = nowMs();
  const result = run();
  return [result, { name, startedAtMs, ms: nowMs() - startedAtMs }];
}

const nowMs = () => performance.timeOrigin + performance.now();
