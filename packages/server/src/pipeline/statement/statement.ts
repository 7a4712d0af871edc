import type { Message } from "../normalise/normalise-messages.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { topicOf } from "./topic.ts";

/** One thing worth remembering that somebody said about themselves. */
export interface Statement {
  /** In the third person, e.g. `User lives in Berlin.` */
  readonly text: string;
  /** What it is about, such as `home`, `job` or `preference`; null when no word fits. */
  readonly factType: string | null;
  /**
   * What can hold once at a time, such as `home` or `favorite:color`: statements of one user in one slot exclude each
   * other. Null where many may hold together.
   */
  readonly slot: string | null;
  /** It says that something came to an end ("no longer", "quit"), so it also takes the place of wordier statements. */
  readonly retracts: boolean;
  /** Equal for statements that differ only in case, punctuation, articles or plain inflection (`fingerprintOf`). */
  readonly fingerprint: string;
  readonly sourceRole: string;
  /** The caller's ids of the messages that said it. */
  readonly sourceEventIds: readonly string[];
  /** The positions of those messages in the array that was submitted. */
  readonly sourceIndexes: readonly number[];
}

/** The statement that a statement in the third person makes, said by `speaker` in these messages. */
export function statementOf(
  text: string,
  speaker: Message,
  messages: readonly Message[] = [speaker],
): Statement {
  return {
    text,
    ...topicOf(text),
    fingerprint: fingerprintOf(text),
    sourceRole: speaker.role,
    sourceEventIds: messages.flatMap(({ eventId }) => eventId ?? []),
    sourceIndexes: messages.map(({ index }) => index),
  };
}
