// The messages of a conversation in the form in which an episode keeps them.
import type { MemoryId } from "@memlane/core";
import { newId } from "../../base/new-id.ts";
import type { NewMessagePart } from "../../store/episodes.ts";
import { showTimes } from "../statement/dated-text.ts";
import { resolveTimes } from "../statement/resolve-times.ts";
import type { Message } from "./normalise-messages.ts";

/** What is kept of a message. */
type KeptMessage = Pick<Message, "role" | "content" | "saidAt" | "utcOffsetMinutes" | "eventId" | "index">;

/** How many characters of a conversation are kept at most. */
const mostCharacters = 2_000_000;

/** A longer message is kept in parts of at most this many characters, so that a result fits into a prompt. */
const longestPart = 800;

/** How many parts one SQL statement stores. */
const partsPerStatement = 500;

/**
 * The parts to keep, as arrays in JSON, one for each SQL statement. They are made on the thread that reads the conversation, so
 * that the event loop only passes on strings.
 */
export function printMessageParts(messages: readonly KeptMessage[]): readonly string[] {
  const parts = [...partsOf(messages)];
  const printed: string[] = [];
  for (let from = 0; from < parts.length; from += partsPerStatement)
    printed.push(JSON.stringify(parts.slice(from, from + partsPerStatement)));
  return printed;
}

function* partsOf(messages: readonly KeptMessage[]): Generator<NewMessagePart> {
  const occurrences = new Map<string, number>();
  let position = 0;
  let left = mostCharacters;
  for (const { role, content, saidAt, utcOffsetMinutes, eventId, index } of messages) {
    const kept = content.slice(0, left).toWellFormed();
    left -= kept.length;
    for (const text of splitText(kept)) {
      const dated = saidAt === null ? text : showTimes(text, resolveTimes(text, saidAt, utcOffsetMinutes));
      const part = {
        dia_id: eventId,
        speaker: role,
        text,
        dated_text: dated === text ? null : dated,
        said_at: saidAt?.toISOString() ?? null,
      };
      const same = JSON.stringify(part);
      const occurrence = (occurrences.get(same) ?? 0) + 1;
      occurrences.set(same, occurrence);
      yield { ...part, id: newId() as MemoryId, message: index, position, occurrence };
      position += 1;
    }
  }
}

/** Splits a text at line breaks or spaces, if it has any. */
export function splitText(text: string): readonly string[] {
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

/** Where a part ends: at the last line break in its second half, else at the last space there, else between two characters. */
function endOfPart(text: string): number {
  const half = longestPart / 2;
  const lineBreak = text.lastIndexOf("\n");
  if (lineBreak > half) return lineBreak;
  const space = text.lastIndexOf(" ");
  if (space > half) return space;
  const isSplitPair = (text.codePointAt(longestPart - 1) ?? 0) > 0xff_ff;
  return isSplitPair ? longestPart - 1 : longestPart;
}
