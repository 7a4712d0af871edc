import type { Claim } from "./claim.ts";
import { fingerprintOf } from "./fingerprint.ts";
import type { Message } from "./message.ts";
import { topicOf } from "./topic.ts";

/** The claim that a statement in the third person makes, said by `speaker` in these messages. */
export function claimOf(text: string, speaker: Message, messages: readonly Message[] = [speaker]): Claim {
  return {
    text,
    ...topicOf(text),
    fingerprint: fingerprintOf(text),
    sourceRole: speaker.role,
    sourceEventIds: messages.flatMap(({ eventId }) => eventId ?? []),
    sourceIndexes: messages.map(({ index }) => index),
  };
}
