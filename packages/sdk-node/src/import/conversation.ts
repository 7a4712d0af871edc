import type { IngestRequest } from "@memlane/core";
import * as z from "zod/mini";

const name = z.union([z.string(), z.int()]);

/** A conversation between equals: none of its speakers is the assistant. */
export const conversationWire = z.object({
  id: name,
  turns: z.array(z.object({ speaker: name, text: z.string() })).check(z.minLength(1)),
});
type Conversation = z.output<typeof conversationWire>;

/**
 * Makes one request for each speaker, in the order in which they first speak. In the request, this
 * speaker is the user and all others are the assistant. So a user's memories come only from their
 * own words.
 */
export function requestsOfConversation({ id, turns }: Conversation): IngestRequest[] {
  const speakers = new Set(turns.map((turn) => turn.speaker));
  return [...speakers].map((speaker) => ({
    user_id: `${id}:${speaker}`,
    conv_id: String(id),
    messages: turns.map((turn, index) => ({
      role: turn.speaker === speaker ? "user" : "assistant",
      content: turn.text,
      dia_id: String(index),
    })),
  }));
}
