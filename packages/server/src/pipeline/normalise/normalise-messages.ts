import { parseTimestamp } from "@memlane/core/internal";
import { normalFormOf } from "./normal-form.ts";
import { createTimestampParser } from "./timestamp-format.ts";

/** One message of a conversation, as every extractor reads it. */
export interface Message {
  readonly role: string;
  /** In NFC and never empty. A run of white space is one space, or one `\n` if it had a line break. */
  readonly content: string;
  readonly saidAt: Date | null;
  /** The caller's id of the message. */
  readonly eventId: string | null;
  /** Its position in the submitted array. */
  readonly index: number;
}

/** A longer text is not read as a date, in characters. */
const longestDate = 200;

/** A message as it was submitted. */
export interface WireMessage {
  readonly role: string;
  readonly content: string;
  readonly date?: string | null | undefined;
  readonly dia_id?: string | null | undefined;
}

/**
 * Tidies the messages of a conversation and drops empty ones. Dates are in ISO 8601, or in the strptime format if there is one.
 * A date that cannot be read is null: the message is kept.
 */
export function normaliseMessages(
  wire: readonly WireMessage[],
  timestampFormat: string | null = null,
): readonly Message[] {
  const parseDate = timestampFormat === null ? parseTimestamp : createTimestampParser(timestampFormat);
  const readDate = (text: string) => (text.length > longestDate ? null : (parseDate(text.trim()) ?? null));
  return wire.flatMap(({ role, content, date, dia_id: eventId }, index) => {
    const tidy = tidyText(content);
    if (tidy === "") return [];
    const saidAt = date ? readDate(date) : null;
    return [{ role, content: tidy, saidAt, eventId: eventId ?? null, index }];
  });
}

/** A text in NFC that PostgreSQL can store. A run of white space becomes one space or one line break. */
export function tidyText(text: string): string {
  return normalFormOf(text.toWellFormed())
    .split(/[\n\r\u2028\u2029]+/)
    .map((line) => line.replaceAll(/[\s\0]+/g, " ").trim())
    .filter((line) => line !== "")
    .join("\n");
}
