// The tasks of a pipeline thread: their input, their result, and the cell in which a thread reports its position.
import { MemlaneError, type ErrorCode } from "@memlane/core";
import type { Triple } from "@memlane/core/internal";
import { messageOf } from "../base/message-of.ts";
import type { Statement } from "../pipeline/statement/statement.ts";
import type { Extractor } from "../pipeline/extract/extractor.ts";
import type { SharingJudge } from "../pipeline/share/sharing-judge.ts";
import {
  createTextStages,
  type Conversation,
  type Reading,
  type Reconciliation,
  type TextStages,
} from "../pipeline/text-stages.ts";
import type { KnownFacts } from "../pipeline/reconcile/reconcile.ts";

/** The state of a thread that is not reading a message. */
export const activity = { idle: -1, computing: -2, waiting: -3 } as const;

interface Task {
  /** One shared cell: an `activity`, or the position of the message that is being read. */
  readonly at: Int32Array;
}

/** The conversation to read. */
interface ReadTask extends Task {
  readonly conversation: Conversation;
  readonly keepsMessages: boolean | undefined;
  readonly unreadable: readonly number[];
}

/** The statements to compare with the known facts. */
interface ReconcileTask extends Task {
  readonly statements: readonly Statement[];
  readonly known: KnownFacts;
}

/** The facts to split. */
interface SplitTask extends Task {
  readonly facts: Parameters<TextStages["split"]>[0];
}

/** A result, or one of our errors: a thrown error would lose its code between the threads. */
export type Settled<Result> = { readonly result: Result } | SentError;

/** A `MemlaneError` as it is sent between threads. */
interface SentError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly retryAfterMs: number | undefined;
  readonly cause: string | undefined;
}

/** The tasks that a thread can run. */
export interface ThreadTasks {
  readonly read: (task: ReadTask) => Promise<Settled<Reading>>;
  readonly reconcile: (task: ReconcileTask) => Promise<Settled<Reconciliation>>;
  readonly split: (task: SplitTask) => Promise<Settled<readonly Triple[]>>;
}

/** Makes the tasks with this extractor and this judge. */
export function createThreadTasks(extractor: Extractor, judge?: SharingJudge): ThreadTasks {
  const stages = createTextStages(extractor, judge);
  return {
    read({ at, conversation, keepsMessages, unreadable }) {
      Atomics.store(at, 0, activity.computing);
      const reading = stages.read(conversation, {
        keepsMessages,
        unreadable,
        onMessage: (index) => Atomics.store(at, 0, index),
        onRead: () => Atomics.store(at, 0, activity.computing),
        onWaiting: (isWaiting) => Atomics.store(at, 0, isWaiting ? activity.waiting : activity.computing),
      });
      // An extractor that has not begun a message by now is waiting for a model.
      Atomics.compareExchange(at, 0, activity.computing, activity.waiting);
      return settle(reading);
    },
    reconcile({ at, statements, known }) {
      Atomics.store(at, 0, activity.computing);
      return settle(stages.reconcile(statements, known, {}));
    },
    split({ at, facts }) {
      Atomics.store(at, 0, activity.computing);
      return settle(stages.split(facts));
    },
  };
}

async function settle<Result>(work: Promise<Result>): Promise<Settled<Result>> {
  try {
    return { result: await work };
  } catch (error) {
    if (!MemlaneError.is(error)) throw error;
    const { code, message, retryAfterMs, cause } = error;
    return { code, message, retryAfterMs, cause: cause === undefined ? undefined : messageOf(cause) };
  }
}
