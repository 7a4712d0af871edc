import type { Message } from "../normalise/normalise-messages.ts";

/**
 * Messages as evidence for a statement about the user. Of the user's messages only their own words count, of other people's only
 * the questions, which the user may answer. A machine's messages count whole, for the same reason.
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
