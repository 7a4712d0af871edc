import { parseTimestamp } from "@memlane/core/internal";
import { normalFormOf } from "./normal-form.ts";
import { createTimestampParser } from "./timestamp-format.ts";

/** One message of a conversation, as every extractor reads it. */
export interface Message {
  readonly role: string;
  /** In NFC, never empty; a run of white space is one space, or one `\n` where it broke the line. */
  readonly content: string;
  readonly saidAt: Date | null;
  /** The caller's own id of the message. */
  readonly eventId: string | null;
  /** Its position in the array that was submitted. */
  readonly index: number;
}

/** A longer text is not a date. */
const longestDate = 200;

/** What a message is before it is normalised: the wire's. */
export interface WireMessage {
  readonly role: string;
  readonly content: string;
  readonly date?: string | null | undefined;
  readonly dia_id?: string | null | undefined;
}

/**
 * Tidies the messages of a conversation and drops the empty ones. Dates are ISO 8601, or in the strptime format
 * when there is one; a date that cannot be read is null, since a conversation is worth more than its dates.
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

/** A text in NFC that can be stored: no run of white space is longer than one space or line break. */
export function tidyText(text: string): string {
  return normalFormOf(text.toWellFormed())
    .split(/[\n\r\u2028\u2029]+/)
    .map((line) => line.replaceAll(/[\s\0]+/g, " ").trim())
    .filter((line) => line !== "")
    .join("\n");
}
