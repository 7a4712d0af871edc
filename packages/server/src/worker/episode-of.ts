// The episode of a conversation: its messages as they are kept.
import type { MemoryId, MessageReport } from "@memlane/core";
import { parseTimestamp } from "@memlane/core/internal";
import { newId } from "../base/new-id.ts";
import { normalFormOf } from "../pipeline/normalise/normal-form.ts";
import { createTimestampParser } from "../pipeline/normalise/timestamp-format.ts";
import type { MemoryOwner } from "../pipeline/persist/persist.ts";
import type { Conversation } from "../pipeline/text-stages.ts";
import type { NewEpisode, NewMessage } from "../store/episodes.ts";

/** How many characters of a conversation are kept at most. */
const mostCharacters = 2_000_000;

/** A longer message is kept in parts of at most this many characters, so that a result fits into a prompt. */
const longestPart = 800;

/** A longer text is not a date. */
const longestDate = 200;

/** The messages of a conversation to keep, each with the memories that hold what it says. */
export function episodeOf(
  { messages: wire, timestampFormat: format }: Conversation,
  { userId, agentId, appId, conversationId }: MemoryOwner,
  reports: readonly MessageReport[],
): NewEpisode {
  const parseDate = format === null ? parseTimestamp : createTimestampParser(format);
  const messages: NewMessage[] = [];
  let left = mostCharacters;
  for (const [index, { role, content, date, dia_id }] of wire.entries()) {
    const saidAt = date && date.length <= longestDate ? parseDate(date.trim()) : null;
    const kept = content.slice(0, left).toWellFormed();
    left -= kept.length;
    for (const text of partsOf(kept)) {
      messages.push({
        id: newId() as MemoryId,
        dia_id: dia_id ?? null,
        speaker: role,
        text,
        said_at: saidAt?.toISOString() ?? null,
        memory_ids: reports[index]?.memoryIds ?? [],
      });
    }
  }
  return {
    id: newId() as MemoryId,
    userId,
    agentId,
    appId,
    conversationId,
    messages,
  };
}

/** The parts of a text, which end at a space where they can. */
export function partsOf(content: string): readonly string[] {
  const text = normalFormOf(content).trim();
  const parts: string[] = [];
  for (let from = 0; from < text.length;) {
    const rest = text.slice(from, from + longestPart + 1);
    const end = rest.length <= longestPart ? rest.length : endOfPart(rest);
    const part = rest.slice(0, end).trim();
    if (part !== "") parts.push(part);
    from += end;
  }
  return parts;
}

/** Where a part ends: at its last line break or else space in the second half, or else between two characters. */
function endOfPart(text: string): number {
  const half = longestPart / 2;
  const lineBreak = text.lastIndexOf("\n");
  if (lineBreak > half) return lineBreak;
  const space = text.lastIndexOf(" ");
  if (space > half) return space;
  const isSplitPair = (text.codePointAt(longestPart - 1) ?? 0) > 0xff_ff;
  return isSplitPair ? longestPart - 1 : longestPart;
}
