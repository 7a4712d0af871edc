// The computation of an ingest job: all work on a tenant's words, without the database.
import type { ExtractorReport, MemoryId } from "@memlane/core";
import { newId } from "../base/new-id.ts";
import type { FactReach } from "../store/memories.ts";
import type { Claim } from "./claim.ts";
import type { ExtractOptions, Extractor } from "./extractor.ts";
import { oppositeOf } from "./fingerprint.ts";
import { normaliseMessages, type WireMessage } from "./message.ts";
import { needsAllClaims } from "./standing-claims.ts";
import { reconcile, type Decision, type StoredClaim } from "./reconcile.ts";

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
  readonly claims: readonly Claim[];
  /** Which active facts the claims may repeat or end. */
  readonly reach: FactReach;
  /** The positions of the messages that could not be read. */
  readonly failed: readonly number[];
  readonly by: ExtractorReport;
  readonly stages: readonly StageTime[];
}

/** The decisions about the claims. */
export interface Verdicts {
  readonly decisions: readonly Decision[];
  readonly stages: readonly StageTime[];
}

/** Reads conversations, and compares their claims with the known facts. */
export interface Pipeline {
  /** `normalise → extract`. Rejects with the signal's reason when it aborts. */
  readonly read: (conversation: Conversation, options: ExtractOptions) => Promise<Reading>;
  /** `reconcile`: decides about each claim, given the active facts. */
  readonly reconcile: (
    claims: readonly Claim[],
    active: readonly StoredClaim[],
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
      const { claims, failed = [], by } = await extracting;
      const extracted = { ...started, ms: nowMs() - started.startedAtMs };
      return { claims, reach: reachOf(claims), failed, by, stages: [normalising, extracted] };
    },
    async reconcile(claims, active) {
      const [decisions, stage] = timed("reconcile", () =>
        reconcile(claims, active, () => newId() as MemoryId),
      );
      return { decisions, stages: [stage] };
    },
    close: async () => {},
  };
}

/** Some claims may end any fact. The others may only repeat or end facts with these slots and fingerprints. */
function reachOf(claims: readonly Claim[]): FactReach {
  return {
    needsRecent: claims.some(needsAllClaims),
    slots: claims.flatMap(({ slot }) => slot ?? []),
    fingerprints: claims.flatMap(({ fingerprint }) => [fingerprint, oppositeOf(fingerprint)]),
  };
}

function timed<Result>(name: StageTime["name"], run: () => Result): [Result, StageTime] {
  const startedAtMs = nowMs();
  const result = run();
  return [result, { name, startedAtMs, ms: nowMs() - startedAtMs }];
}

const nowMs = () => performance.timeOrigin + performance.now();
