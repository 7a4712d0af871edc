import type { Message } from "../../normalise/normalise-messages.ts";
import { quoteMessage, type CitableMessage } from "./quote.ts";
import { estimateTokens } from "./tokens.ts";

/** How much of a conversation a model may read, in estimated tokens. */
export interface ReadingLimits {
  /** The largest part of a conversation in one request. */
  readonly windowTokens: number;
  /** All requests of a job together. */
  readonly budgetTokens: number;
  /** What each request takes beside the conversation. */
  readonly overheadTokens: number;
}

/** The parts of a conversation that are read, in order. */
export interface ReadingPlan {
  readonly windows: readonly (readonly CitableMessage[])[];
  /** The positions of the messages that are not read, or not whole, since the budget is over. */
  readonly unread: readonly number[];
}

/**
 * Cuts a conversation into windows. Each begins with the message before it where there is room, so that a short answer
 * has its question. What is over the budget is left out from the end and told.
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

/** A message that does not fit a window in several pieces, cut between words where there are any. */
function piecesOf(message: Message, citedAs: string, windowTokens: number): CitableMessage[] {
  const whole = { ...message, citedAs };
  if (sizeOf(whole) <= windowTokens) return [whole];
  const frame = sizeOf({ ...whole, content: "" });
  // In quotation a character takes at most six bytes, which is two tokens.
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
  // Between the halves of a character there is no place to cut.
  return longest > 1 && /[\uD800-\uDBFF]/.test(text[longest - 1]!) ? longest - 1 : longest;
}
