// Long conversations of two people over months, with questions about them and the messages that contain each answer.
import { readFile } from "node:fs/promises";
import { parseJson } from "@memlane/core/internal";
import * as z from "zod/mini";

const turn = z.object({ dia_id: z.string(), speaker: z.string(), text: z.string() });
const session = z.object({ id: z.string(), date: z.string(), turns: z.array(turn) });
const question = z.object({
  question: z.string(),
  answer: z.coerce.string(),
  category: z.string(),
  evidence: z.array(z.string()),
});
const line = z.object({
  id: z.string(),
  speakers: z.array(z.string()),
  sessions: z.array(session),
  questions: z.array(question),
});

/** A conversation, session by session, and the questions about it. */
export type LongConversation = z.output<typeof line>;

/** A question, its answer, and the `dia_id`s of the messages that contain the answer. */
export type Question = z.output<typeof question>;

/** Reads a file with one conversation per line; undefined if the first line has another format. */
export async function readLongConversations(path: string): Promise<readonly LongConversation[] | undefined> {
  const lines = (await readFile(path, "utf8")).split("\n").filter((text) => text.trim() !== "");
  const read = lines.map((text) => line.safeParse(parseJson(text)));
  if (read[0]?.success !== true) return undefined;
  return read.map(({ success, data, error }, index) => {
    if (success) return data;
    throw new Error(`${path}, line ${index + 1}: ${z.prettifyError(error)}`);
  });
}
