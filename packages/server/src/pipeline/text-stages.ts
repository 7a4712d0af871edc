import type { ExtractorReport, GroupId, MemoryId } from "@memlane/core";
import type { Triple } from "@memlane/core/internal";
import { newId } from "../base/new-id.ts";
import type { FactReach } from "../store/known-facts.ts";
import { findArtifacts, type FoundArtifact } from "./artifacts/find-artifacts.ts";
import type { ExtractOptions, Extractor } from "./extract/extractor.ts";
import type { Lesson } from "./lessons/lesson.ts";
import { reachOf } from "./match/reach.ts";
import { printMessageParts } from "./normalise/episode-parts.ts";
import { normaliseMessages, type WireMessage } from "./normalise/normalise-messages.ts";
import { reconcile, type Decision, type KnownFacts } from "./reconcile/reconcile.ts";
import { chooseGroups, groupsOfEpisode, type RequestedGroup } from "./share/choose-groups.ts";
import { createOfflineJudge } from "./share/offline-judge.ts";
import type { JudgeOptions } from "./share/sharing-judge.ts";
import type { StageTime } from "./stage-timer.ts";
import type { Statement } from "./statement/statement.ts";
import { tripleOf } from "./statement/triple.ts";

/** A conversation as it arrives. */
export interface Conversation {
  readonly messages: readonly WireMessage[];
  /** The format of the dates, in the notation of `strptime`; ISO 8601 if null. */
  readonly timestampFormat: string | null;
  /** The user that the memories are about. A speaker with this name is the user. */
  readonly userId: string | null;
  /** Whether lessons and procedures are looked for. @default false */
  readonly isAgentic?: boolean;
  /** When its messages were said, if none has a date. */
  readonly arrivedAt: Date;
  /** Whether to look for artifacts. @default false */
  readonly hasArtifacts?: boolean | undefined;
  /** The groups to share its statements with. @default none */
  readonly groups?: readonly RequestedGroup[] | undefined;
}

/** What was found in a conversation. */
export interface Reading {
  readonly statements: readonly Statement[];
  readonly lessons: readonly Lesson[];
  readonly artifacts: readonly FoundArtifact[];
  /** The messages to keep, for `insertEpisode`. */
  readonly messageParts: readonly string[];
  /** The groups that may see the messages. */
  readonly episodeGroupIds: readonly GroupId[];
  /** Which facts to compare the statements with. */
  readonly reach: FactReach;
  /** The positions of the messages that could not be read. */
  readonly failed: readonly number[];
  readonly by: ExtractorReport;
  /**
   * What to do with the statements if there are no facts to compare them with. So a new user's conversation visits a thread only
   * once.
   */
  readonly withoutFacts: Reconciliation;
  readonly times: readonly StageTime[];
}

/** What to do with each statement. */
export interface Reconciliation {
  readonly decisions: readonly Decision[];
  readonly times: readonly StageTime[];
}

/** How to read a conversation. */
interface ReadOptions extends ExtractOptions, JudgeOptions {
  /** Whether its messages are kept. @default false */
  readonly keepsMessages?: boolean | undefined;
  /** The positions of messages that the extractor does not get. @default none */
  readonly unreadable?: readonly number[] | undefined;
  /** Called when all messages are read. */
  readonly onRead?: (() => void) | undefined;
}

/** The stages that work on an organisation's words. They need no database, so they can run on another thread. */
export interface TextStages {
  /** Runs `normalise` and `extract`. Rejects with the signal's reason when it aborts. */
  readonly read: (conversation: Conversation, options: ReadOptions) => Promise<Reading>;
  /** Runs `reconcile`: compares the statements with the known facts. */
  readonly reconcile: (
    statements: readonly Statement[],
    known: KnownFacts,
    options: Pick<ExtractOptions, "signal">,
  ) => Promise<Reconciliation>;
  /** Splits facts into subject, predicate and object, in their order. */
  readonly split: (facts: readonly Pick<Statement, "text" | "factType">[]) => Promise<readonly Triple[]>;
}

/** Makes the stages with this extractor and this judge. They run on the calling thread. */
export function createTextStages(extractor: Extractor, judge = createOfflineJudge()): TextStages {
  return {
    async read(
      {
        messages: wire,
        timestampFormat,
        userId,
        isAgentic = false,
        arrivedAt,
        hasArtifacts = false,
        groups = [],
      },
      { keepsMessages = false, unreadable = [], ...options },
    ) {
      const [{ messages, messageParts }, normalising] = timed("normalise", () => {
        const all = normaliseMessages(wire, timestampFormat, userId);
        return {
          messages: all.filter(({ index }) => !unreadable.includes(index)),
          messageParts: keepsMessages ? printMessageParts(all) : [],
        };
      });
      const [extraction, extracting] = await timedAsync("extract", () =>
        extractor.extract(messages, { ...options, findsLessons: isAgentic }),
      );
      const { statements: found, lessons: learned = [], failed = [], by } = extraction;
      options.onRead?.();
      const kept = hasArtifacts ? findArtifacts(wire) : [];
      const texts = [
        ...learned.map(({ text }) => text),
        ...kept.map(({ title, content }) => `${title}\n${content}`),
      ];
      const judged = [...found, ...texts.map((text) => ({ text, factType: null }))];
      const [groupIds, sharing] = await timedAsync("share", () =>
        chooseGroups(judged, groups, judge, options),
      );
      const withGroups = <Each>(all: readonly Each[], first: number) =>
        all.map((each, at) => ({ ...each, groupIds: groupIds[first + at] }));
      const isRead = failed.length + unreadable.length === 0;
      const statements = withGroups(found, 0);
      const lessons = withGroups(learned, found.length);
      const artifacts = withGroups(kept, found.length + learned.length);
      return {
        statements,
        lessons,
        artifacts,
        messageParts,
        episodeGroupIds: isRead ? groupsOfEpisode(groupIds, messages) : [],
        reach: reachOf(statements, arrivedAt),
        failed,
        by,
        withoutFacts: decide(statements, { facts: [], arrivedAt }),
        times: [normalising, extracting, ...(groups.length > 0 ? [sharing] : [])],
      };
    },
    reconcile: async (statements, known) => decide(statements, known),
    split: async (facts) => facts.map(({ text, factType }) => tripleOf(text, factType)),
  };
}

function decide(statements: readonly Statement[], known: KnownFacts): Reconciliation {
  const [decisions, time] = timed("reconcile", () => reconcile(statements, known, () => newId() as MemoryId));
  return { decisions, times: [time] };
}

function timed<Result>(name: StageTime["name"], run: () => Result): [Result, StageTime] {
  const startedAtMs = nowMs();
  const result = run();
  return [result, { name, startedAtMs, ms: nowMs() - startedAtMs }];
}

async function timedAsync<Result>(
  name: StageTime["name"],
  run: () => Promise<Result>,
): Promise<[Result, StageTime]> {
  const startedAtMs = nowMs();
  const result = await run();
  return [result, { name, startedAtMs, ms: nowMs() - startedAtMs }];
}

const nowMs = () => performance.timeOrigin + performance.now();
