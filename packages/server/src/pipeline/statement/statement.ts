import type { GroupId } from "@memlane/core";
import type { Tense, Triple } from "@memlane/core/internal";
import type { Message } from "../normalise/normalise-messages.ts";
import { showTimes } from "./dated-text.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { resolveTimes, type ResolvedTime } from "./resolve-times.ts";
import { tenseOf } from "./tense.ts";
import { topicOf } from "./topic.ts";
import { tripleOf } from "./triple.ts";

/** One thing that is worth remembering, which a speaker said about themselves. */
export interface Statement {
  /** In the third person, such as `User lives in Berlin.` */
  readonly text: string;
  /** The text to store: "yesterday" is followed by its date. */
  readonly datedText: string;
  /** What it is about, such as `home`, `job` or `preference`; null if no rule fits. */
  readonly factType: string | null;
  /** Its subject, predicate and object. */
  readonly triple: Triple;
  /**
   * A topic for which only one statement can be true at a time, such as `home` or `favorite:color`. Only a user's newest
   * statement in a slot stays. Null if several can be true.
   */
  readonly slot: string | null;
  /** Whether it says that something ended ("no longer", "quit"). If so, it also replaces statements with more words. */
  readonly retracts: boolean;
  /** Equal for statements that differ only in case, punctuation, articles or simple inflection (`fingerprintOf`). */
  readonly fingerprint: string;
  /** The date of its message; null if the conversation has no dates. */
  readonly saidAt: Date | null;
  /** The time from which it is true, according to its words ("since 2019", "moved last month"); null if they name no time. */
  readonly validFrom: Date | null;
  /** Of what it says about the present, if it fills a slot; else of its verb. Null if its words do not show it. */
  readonly tense: Tense | null;
  /** Whether it is stored only if it ends a fact, because alone it says too little. @default false */
  readonly onlyAsSuccessor?: boolean;
  /** How sure it is, from 0 to 1. @default 0.9 */
  readonly confidence?: number;
  readonly sourceRole: string;
  /** The caller's ids of the messages that said it. */
  readonly sourceEventIds: readonly string[];
  /** The positions of those messages in the submitted array. */
  readonly sourceIndexes: readonly number[];
  /** The groups that may see it; absent if none. */
  readonly groupIds?: readonly GroupId[] | undefined;
}

/** The parts of a message that its statements keep. */
export type Source = Pick<Message, "role" | "saidAt" | "utcOffsetMinutes" | "eventId" | "index">;

/** Makes a statement of a text in the third person, said by `speaker` in these messages. */
export function statementOf(
  text: string,
  speaker: Source,
  messages: readonly Source[] = [speaker],
): Statement {
  const { saidAt, utcOffsetMinutes } = speaker;
  const times = saidAt === null ? [] : resolveTimes(text, saidAt, utcOffsetMinutes);
  const tense = tenseOf(text);
  const topic = topicOf(text);
  return {
    text,
    datedText: showTimes(text, times),
    ...topic,
    triple: tripleOf(text, topic.factType),
    fingerprint: fingerprintOf(text),
    saidAt,
    validFrom: beginningOf(times, saidAt),
    // What fills a slot holds now, also if it tells of a past event: who "moved to Rome" lives there.
    tense: tense === "past" && topic.slot !== null ? "current" : tense,
    sourceRole: speaker.role,
    sourceEventIds: messages.flatMap(({ eventId }) => eventId ?? []),
    sourceIndexes: messages.map(({ index }) => index),
  };
}

/**
 * When a statement was said. A statement without a date counts as said on arrival. So does a statement with a date after its
 * arrival, because the clock or time zone of the date is wrong.
 */
export function momentOf({ saidAt }: Pick<Statement, "saidAt">, arrivedAt: Date): Date {
  return saidAt === null || saidAt > arrivedAt ? arrivedAt : saidAt;
}

/** The time that a statement names; null if it names none or several, or a time in the future. */
function beginningOf(times: readonly ResolvedTime[], saidAt: Date | null): Date | null {
  const [time, ...others] = times;
  if (time === undefined || others.length > 0 || saidAt === null || time.start > saidAt) return null;
  return time.start;
}
