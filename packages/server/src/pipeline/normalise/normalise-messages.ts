import { parseTimestamp } from "@memlane/core/internal";
import { normalFormOf } from "./normal-form.ts";
import { createTimestampParser } from "./timestamp-format.ts";

/** One message of a conversation, as every extractor reads it. */
export interface Message {
  readonly role: string;
  /** In NFC and never empty. A run of white space is one space, or one `\n` if it had a line break. */
  readonly content: string;
  /** Null if no message of the conversation has a date. A message without a date was said with the one before it. */
  readonly saidAt: Date | null;
  /** What the clock of the speaker is ahead of UTC, by the date. @default 0 */
  readonly utcOffsetMinutes?: number;
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
 * A date that cannot be read counts as none: the message is kept.
 */
export function normaliseMessages(
  wire: readonly WireMessage[],
  timestampFormat: string | null = null,
): readonly Message[] {
  const dates = readDates(wire, timestampFormat);
  return wire.flatMap(({ role, content, dia_id: eventId }, index) => {
    const tidy = tidyText(content);
    if (tidy === "") return [];
    return [{ role, content: tidy, ...dates[index]!, eventId: eventId ?? null, index }];
  });
}

type MessageDate = Pick<Message, "saidAt" | "utcOffsetMinutes">;

/** When each message was said. One without a date takes that of the message before it; at the beginning, the first date. */
function readDates(wire: readonly WireMessage[], timestampFormat: string | null): readonly MessageDate[] {
  const parse = timestampFormat === null ? parseIsoDate : createTimestampParser(timestampFormat);
  const dates = wire.map(({ date }) => (date && date.length <= longestDate ? parse(date.trim()) : null));
  let last: MessageDate = dates.find((date) => date !== null) ?? { saidAt: null };
  return dates.map((date) => (last = date ?? last));
}

const offset = /([+-])(\d\d):?(\d\d)?$/;
const lengthOfDay = "2024-12-31".length;

function parseIsoDate(text: string): MessageDate | null {
  const saidAt = parseTimestamp(text);
  if (saidAt === undefined) return null;
  const [, sign, hours, minutes = "0"] = offset.exec(text.slice(lengthOfDay)) ?? [];
  if (hours === undefined) return { saidAt };
  const utcOffsetMinutes = (Number(hours) * 60 + Number(minutes)) * (sign === "-" ? -1 : 1);
  return { saidAt, utcOffsetMinutes };
}

/** A text in NFC that PostgreSQL can store. A run of white space becomes one space or one line break. */
export function tidyText(text: string): string {
  return normalFormOf(text.toWellFormed())
    .split(/[\n\r\u2028\u2029]+/)
    .map((line) => line.replaceAll(/[\s\0]+/g, " ").trim())
    .filter((line) => line !== "")
    .join("\n");
}
