// Conversations between two people, with a separate list of true statements about each.
import { readFile } from "node:fs/promises";
import { parseJson } from "@memlane/core/internal";
import * as z from "zod/mini";

const line = z.object({
  id: z.string(),
  personas: z.record(z.string(), z.array(z.string())),
  turns: z.array(z.object({ speaker: z.string(), text: z.string() })),
});

/** One conversation. `personas` has true statements about each speaker, in the speaker's own words. */
export type Conversation = z.output<typeof line>;

/** Reads a file of conversations, one JSON object per line. Rejects with the number of an invalid line. */
export async function readConversations(path: string): Promise<readonly Conversation[]> {
  const lines = (await readFile(path, "utf8")).split("\n").filter((text) => text.trim() !== "");
  return lines.map((text, index) => {
    const read = line.safeParse(parseJson(text));
    if (read.success) return read.data;
    throw new Error(`${path}, line ${index + 1}: ${z.prettifyError(read.error)}`);
  });
}

/** One side of a conversation, as an application would send it: the speaker is the user, the other one is not. */
export interface Speaker {
  readonly userId: string;
  readonly persona: readonly string[];
  /** What they said, turn by turn. */
  readonly turns: readonly string[];
  readonly messages: readonly { readonly role: "user" | "assistant"; readonly content: string }[];
}

/** Both sides of each conversation. */
export function speakersOf(conversations: readonly Conversation[]): readonly Speaker[] {
  return conversations.flatMap(({ id, personas, turns }) =>
    Object.entries(personas).map(([name, persona]) => ({
      userId: `${id}/${name}`,
      persona,
      turns: turns.filter(({ speaker }) => speaker === name).map(({ text }) => text),
      messages: turns.map(({ speaker, text }) => ({
        role: speaker === name ? ("user" as const) : ("assistant" as const),
        content: text,
      })),
    })),
  );
}
