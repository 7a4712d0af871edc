import type { Message } from "../../normalise/normalise-messages.ts";
import { quoteMessage, type CitableMessage } from "./quote.ts";
import { estimateTokens } from "./tokens.ts";

/** How much of a conversation a model reads, in estimated tokens. */
export interface ReadingLimits {
  /** The largest part of a conversation in one request. */
  readonly windowTokens: number;
  /** All requests of a job together. */
  readonly budgetTokens: number;
  /** The tokens of each request besides the conversation. */
  readonly overheadTokens: number;
}

/** The parts of a conversation to read, in order. */
export interface ReadingPlan {
  readonly windows: readonly (readonly CitableMessage[])[];
  /** The positions of the messages that exceed the budget, in whole or in part. */
  readonly unread: readonly number[];
}

/**
 * Cuts a conversation into windows. Each window begins with the message before it if there is room, so that a short answer has
 * its question. The last messages are left out if they exceed the budget.
 */
export function planReading(
  messages: readonly Message[],
  { windowTokens, budgetTokens, overheadTokens }: ReadingLimits,
): ReadingPlan {
  const windows: CitableMessage[][] = [];
  let room = 0;
  let spent = 0;
  const pieces = messages.flatMap((message, index) => piecesOf(message, `m${index + 1}`, windowTokens));
  for (const [index, piece] of pieces.entries()) {
    const size = sizeOf(piece);
    const isFull = size > room;
    const before = isFull
      ? pieces.slice(Math.max(0, index - 1), index).filter((last) => sizeOf(last) + size <= windowTokens)
      : [];
    const context = before.map(sizeOf).reduce((sum, each) => sum + each, 0);
    spent += size + (isFull ? overheadTokens + context : 0);
    if (spent > budgetTokens) {
      return { windows, unread: [...new Set(pieces.slice(index).map((left) => left.index))] };
    }
    if (isFull) {
      windows.push(before);
      room = windowTokens - context;
    }
    windows.at(-1)!.push(piece);
    room -= size;
  }
  return { windows, unread: [] };
}

function sizeOf(message: CitableMessage): number {
  return estimateTokens(quoteMessage(message));
}

/** Cuts a message that is too long for a window into pieces, between words if possible. */
function piecesOf(message: Message, citedAs: string, windowTokens: number): CitableMessage[] {
  const whole = { ...message, citedAs };
  if (sizeOf(whole) <= windowTokens) return [whole];
  const frame = sizeOf({ ...whole, content: "" });
  // A quoted character takes at most six bytes, which are two tokens.
  const longest = Math.max(1, Math.floor((windowTokens - frame) / 2));
  const pieces: CitableMessage[] = [];
  for (let rest = message.content; rest !== "";) {
    const cut = rest.length <= longest ? rest.length : cutBefore(rest, longest);
    pieces.push({ ...whole, content: rest.slice(0, cut).trim() });
    rest = rest.slice(cut).trimStart();
  }
  return pieces;
}

function cutBefore(text: string, longest: number): number {
  const space = Math.max(text.lastIndexOf(" ", longest), text.lastIndexOf("\n", longest));
  if (space > longest / 2) return space;
  // Do not cut between the halves of a surrogate pair.
  return longest > 1 && /[\uD800-\uDBFF]/.test(text[longest - 1]!) ? longest - 1 : longest;
}
