import { parseTimestamp } from "@memlane/core/internal";
import { isMachineName } from "./machine-names.ts";
import { normalFormOf } from "./normal-form.ts";
import { ownWordsOf } from "./own-words.ts";
import { createSpeakerOf, isUserRole, type Speaker } from "./speakers.ts";
import { createTimestampParser } from "./timestamp-format.ts";

/** One message of a conversation, in the form that every extractor reads. */
export interface Message {
  /** Who wrote it: the name that the message gives, else its role. */
  readonly role: string;
  readonly speaker: Speaker;
  /** In NFC and never empty. A run of white space is one space, or one `\n` if it had a line break. */
  readonly content: string;
  /** The part of `content` that its writer says in their own words. Empty if there is none. */
  readonly ownContent: string;
  /** Null if no message of the conversation has a date. A message without a date has the date of the message before it. */
  readonly saidAt: Date | null;
  /** How far the speaker's clock is ahead of UTC, according to the message's date. @default 0 */
  readonly utcOffsetMinutes?: number;
  /** The caller's id of the message. */
  readonly eventId: string | null;
  /** Its position in the submitted array. */
  readonly index: number;
}

/** The longest text that is read as a date, in characters. */
const longestDate = 200;

/** A message as it was submitted. */
export interface WireMessage {
  readonly role: string;
  readonly content: string;
  /** Which of several people with the same role wrote it. */
  readonly name?: string | null | undefined;
  readonly date?: string | null | undefined;
  readonly dia_id?: string | null | undefined;
  /** How many parts of its content were not text. @default 0 */
  readonly skipped_parts?: number | undefined;
  /** How many of its characters were replaced. @default 0 */
  readonly replaced_characters?: number | undefined;
}

/**
 * Tidies the messages of a conversation and drops empty ones. Decides who the user is (`speakers.ts`), and which words of a message
 * are its writer's own (`own-words.ts`). Dates are in the strptime format, if there is one, or in ISO 8601. A message whose date cannot
 * be read is kept, like a message without a date.
 */
export function normaliseMessages(
  wire: readonly WireMessage[],
  timestampFormat: string | null = null,
  userId: string | null = null,
): readonly Message[] {
  const ofUserRole = new Set(wire.filter(({ role }) => isUserRole(role)).map(nameOf));
  const speakerOf = createSpeakerOf(wire.map(nameOf), userId, ofUserRole);
  const dates = readDates(wire, timestampFormat);
  return wire.flatMap((message, index) => {
    const { content, dia_id: eventId } = message;
    const tidy = tidyText(content);
    if (tidy === "") return [];
    const role = nameOf(message);
    const speaker = speakerOf(role);
    const ownContent = speaker === "machine" ? tidy : tidyText(ownWordsOf(content));
    return [{ role, speaker, content: tidy, ownContent, ...dates[index]!, eventId: eventId ?? null, index }];
  });
}

/** A machine keeps its role, because its name may be any word: `{ role: "tool", name: "weather" }`. */
function nameOf({ role, name }: WireMessage): string {
  return name && name.trim() !== "" && !isMachineName(role) ? name : role;
}

type MessageDate = Pick<Message, "saidAt" | "utcOffsetMinutes">;

/**
 * When each message was said. A message without a date takes the date of the message before it; at the beginning, the first date.
 */
function readDates(wire: readonly WireMessage[], timestampFormat: string | null): readonly MessageDate[] {
  const parseFormat = timestampFormat === null ? () => null : createTimestampParser(timestampFormat);
  const parse = (text: string) => parseFormat(text) ?? parseIsoDate(text);
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
