import type { Message } from "../normalise/normalise-messages.ts";

/**
 * Reduces messages to what counts as evidence for a statement about the user. Only the user's own words count in the user's
 * messages. Only questions count in other people's messages, because the user may answer them. A machine's messages count whole,
 * for the same reason.
 */
export function asEvidence<Cited extends Message>(messages: readonly Cited[]): readonly Cited[] {
  return messages.map((message) => {
    if (message.speaker === "machine") return message;
    return { ...message, content: message.speaker === "user" ? message.ownContent : questionsIn(message) };
  });
}

function questionsIn({ ownContent }: Message): string {
  return ownContent
    .split(/(?<=[.!?])\s+/)
    .filter((sentence) => sentence.endsWith("?"))
    .join(" ");
}
