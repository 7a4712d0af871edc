import type { Message } from "../../normalise/normalise-messages.ts";

/** A message, or a piece of a long one, under the name by which an answer cites it. */
export interface CitableMessage extends Message {
  readonly citedAs: string;
}

/**
 * A conversation as data for a model, a line of JSON for each message. No text can end its quotation: a quotation mark, a
 * new line and `<` are escaped in it.
 */
export function quoteConversation(messages: readonly CitableMessage[]): string {
  const lines = messages.map(quoteMessage);
  return `<conversation>\n${lines.join("\n")}\n</conversation>`;
}

/** One line of a quoted conversation. */
export function quoteMessage({ citedAs: id, role: speaker, content: text, saidAt }: CitableMessage): string {
  const date = saidAt === null ? {} : { date: saidAt.toISOString().slice(0, 10) };
  return JSON.stringify({ id, speaker, text, ...date }).replaceAll("<", String.raw`\u003c`);
}
