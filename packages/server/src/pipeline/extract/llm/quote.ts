import { dayOf } from "../../../base/day-of.ts";
import type { Message } from "../../normalise/normalise-messages.ts";

/** A message, or a part of a long one, with the id that an answer cites. */
export interface CitableMessage extends Message {
  readonly citedAs: string;
}

/**
 * A conversation as data for a model, one line of JSON for each message. No text can end the quotation, because quotation marks,
 * line breaks and `<` are escaped.
 */
export function quoteConversation(messages: readonly CitableMessage[]): string {
  const lines = messages.map(quoteMessage);
  return `<conversation>\n${lines.join("\n")}\n</conversation>`;
}

/** One line of a quoted conversation. */
export function quoteMessage({ citedAs: id, role: speaker, content: text, saidAt }: CitableMessage): string {
  const date = saidAt === null ? {} : { date: dayOf(saidAt) };
  return JSON.stringify({ id, speaker, text, ...date }).replaceAll("<", String.raw`\u003c`);
}
