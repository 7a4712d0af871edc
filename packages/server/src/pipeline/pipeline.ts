// How a conversation becomes memories: normalise → extract → match → reconcile → persist.
import type { ExtractorReport, MemoryId, MemoryReference, MessageReport } from "@memlane/core";
import type { Database, Sql } from "../database/database.ts";
import { newId } from "../base/new-id.ts";
import { insertEpisode, type NewEpisode } from "../store/episodes.ts";
import { readKnownFacts, type ReachedFacts } from "../store/known-facts.ts";
import { reportArtifacts, reportMessages } from "./persist/message-reports.ts";
import { persistArtifacts } from "./persist/persist-artifacts.ts";
import { persistLessons } from "./persist/persist-lessons.ts";
import { persist, type InsertMemories, type MemoryOwner, type Persisted } from "./persist/persist.ts";
import type { Decision } from "./reconcile/reconcile.ts";
import { createStageTimer, type StageTimer } from "./stage-timer.ts";
import type { Conversation, TextStages } from "./text-stages.ts";

/** A conversation to turn into memories, and what the run needs. */
export interface PipelineRun<End extends object> {
  readonly conversation: Conversation;
  readonly owner: MemoryOwner;
  readonly textStages: TextStages;
  readonly database: Database;
  readonly insertMemories: InsertMemories;
  /** Ends the job in the transaction that stores the memories. If it throws, nothing is stored. */
  readonly end: (sql: Sql, outcome: PipelineOutcome) => Promise<End>;
  /** Whether the messages are stored as an episode. */
  readonly keepsMessages: boolean;
  /** Ends the run with the signal's reason. */
  readonly signal: AbortSignal;
  /** Times the stages. @default a new one */
  readonly timer?: StageTimer;
}

/** What a run stored, and how. */
interface PipelineOutcome extends Persisted {
  /** Artifacts that were stored before. */
  readonly updated: readonly MemoryReference[];
  readonly decisions: readonly Decision[];
  readonly extractor: ExtractorReport;
  /** The outcome of each message. */
  readonly messages: readonly MessageReport[];
  /** Seconds by stage. */
  readonly stageTimings: Readonly<Record<string, number>>;
}

/** Runs the five stages. Resolves with what `end` returns. */
export async function runPipeline<End extends object>({
  conversation,
  owner,
  textStages,
  database,
  insertMemories,
  end,
  keepsMessages,
  signal,
  timer = createStageTimer(),
}: PipelineRun<End>): Promise<End> {
  const { arrivedAt } = conversation;

  // normalise, extract
  const reading = await textStages.read(conversation, { keepsMessages, signal });
  const { statements, artifacts, lessons, messageParts, reach, by, failed, withoutFacts, times } = reading;
  timer.record(times);
  if (statements.length === 0) {
    const none = { facts: [], isLate: false };
    if (messageParts.length + artifacts.length + lessons.length > 0)
      return (await database.transaction((sql) => persistAndEnd(sql, none, [])))!;
    // The end of the job is the only write and needs no transaction.
    return (await persistAndEnd(database, none, []))!;
  }
  for (;;) {
    // match
    const known = await timer.stage("match", () =>
      readKnownFacts(database, owner.orgId, owner.userId, reach),
    );
    // reconcile
    const { decisions, times: again } =
      known.facts.length === 0
        ? withoutFacts
        : await textStages.reconcile(statements, { facts: known.facts, arrivedAt }, { signal });
    timer.record(again);
    // persist
    const ended = await database.transaction((sql) => persistAndEnd(sql, known, decisions));
    if (ended !== undefined) return ended;
    // Another job of the user has changed the facts and has ended. The number of such jobs is limited, so this loop ends.
    signal.throwIfAborted();
  }

  /** Undefined if the user's facts have changed since the decisions. */
  async function persistAndEnd(
    sql: Sql,
    known: ReachedFacts,
    decisions: readonly Decision[],
  ): Promise<End | undefined> {
    let messages = reportMessages(conversation.messages, decisions, failed);
    const persisted = await timer.stage("persist", async () => {
      const facts = await persist(sql, { owner, decisions, arrivedAt, reach, known, insertMemories });
      if (facts === undefined) return undefined;
      const { sources, ...kept } = await persistArtifacts(sql, owner, artifacts, insertMemories);
      messages = reportArtifacts(messages, sources);
      const episode =
        messageParts.length > 0 ? await insertEpisode(sql, owner.orgId, episodeOf(messages)) : undefined;
      await persistLessons(sql, { owner, lessons, arrivedAt, insertMemories });
      return {
        created: [...facts.created, ...kept.created, ...(episode === undefined ? [] : [episode])],
        updated: kept.updated,
        supersededBy: { ...facts.supersededBy, ...kept.supersededBy },
      };
    });
    if (persisted === undefined) return undefined;
    const outcome = { ...persisted, decisions, extractor: by, messages, stageTimings: timer.seconds() };
    return end(sql, outcome);
  }

  function episodeOf(reports: readonly MessageReport[]): NewEpisode {
    const memoryIds = reports.map((report) => report.memoryIds);
    return {
      ...owner,
      id: newId() as MemoryId,
      groupIds: reading.episodeGroupIds,
      parts: messageParts,
      memoryIds,
    };
  }
}
