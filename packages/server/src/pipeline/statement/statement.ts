import type { Message } from "../normalise/normalise-messages.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { topicOf } from "./topic.ts";

/** One thing that somebody said about themselves and that is worth remembering. */
export interface Statement {
  /** In the third person, such as `User lives in Berlin.` */
  readonly text: string;
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
  readonly sourceRole: string;
  /** The caller's ids of the messages that said it. */
  readonly sourceEventIds: readonly string[];
  /** The positions of those messages in the submitted array. */
  readonly sourceIndexes: readonly number[];
}

/** Makes a statement of a text in the third person, said by `speaker` in these messages. */
export function statementOf(
  text: string,
  speaker: Message,
  messages: readonly Message[] = [speaker],
): Statement {
  return {
    text,
    ...topicOf(text),
    fingerprint: fingerprintOf(text),
    saidAt: speaker.saidAt,
    sourceRole: speaker.role,
    sourceEventIds: messages.flatMap(({ eventId }) => eventId ?? []),
    sourceIndexes: messages.map(({ index }) => index),
  };
}
