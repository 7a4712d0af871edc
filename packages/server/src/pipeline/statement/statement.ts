import type { Tense } from "@memlane/core/internal";
import type { Message } from "../normalise/normalise-messages.ts";
import { showTimes } from "./dated-text.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { resolveTimes, type ResolvedTime } from "./resolve-times.ts";
import { tenseOf } from "./tense.ts";
import { topicOf } from "./topic.ts";

/** One thing that somebody said about themselves and that is worth remembering. */
export interface Statement {
  /** In the third person, such as `User lives in Berlin.` */
  readonly text: string;
  /** The text to store: "yesterday" is followed by its date. */
  readonly datedText: string;
  /** What it is about, such as `home`, `job` or `preference`; null if no rule fits. */
  readonly factType: string | null;
  /**
   * What can be true only once at a time, such as `home` or `favorite:color`. Of the statements of a user in one slot, only the
   * newest stays. Null if several can be true.
   */
  readonly slot: string | null;
  /** It says that something ended ("no longer", "quit"), so it also replaces statements with more words. */
  readonly retracts: boolean;
  /** Equal for statements that differ only in case, punctuation, articles or simple inflection (`fingerprintOf`). */
  readonly fingerprint: string;
  /** By the date of its message; null if the conversation has no dates. */
  readonly saidAt: Date | null;
  /** From when on it is true, by its own words ("since 2019", "moved last month"); null if they name no time. */
  readonly validFrom: Date | null;
  /** Null if its words do not show it. */
  readonly tense: Tense | null;
  readonly sourceRole: string;
  /** The caller's ids of the messages that said it. */
  readonly sourceEventIds: readonly string[];
  /** The positions of those messages in the submitted array. */
  readonly sourceIndexes: readonly number[];
}

/** What a statement keeps of a message that said it. */
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
  return {
    text,
    datedText: showTimes(text, times),
    ...topicOf(text),
    fingerprint: fingerprintOf(text),
    saidAt,
    validFrom: beginningOf(times, saidAt),
    tense,
    sourceRole: speaker.role,
    sourceEventIds: messages.flatMap(({ eventId }) => eventId ?? []),
    sourceIndexes: messages.map(({ index }) => index),
  };
}

/** When a statement was said. A date after its arrival has a wrong clock or zone, and one without a date was said on arrival. */
export function momentOf({ saidAt }: Statement, arrivedAt: Date): Date {
  return saidAt === null || saidAt > arrivedAt ? arrivedAt : saidAt;
}

/** The time that a statement names, if it is one and not still to come. */
function beginningOf(times: readonly ResolvedTime[], saidAt: Date | null): Date | null {
  const [time, ...others] = times;
  if (time === undefined || others.length > 0 || saidAt === null || time.start > saidAt) return null;
  return time.start;
}
