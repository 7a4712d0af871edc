import { parseTimestamp } from "@memlane/core/internal";
import { isMachineName } from "./machine-names.ts";
import { normalFormOf } from "./normal-form.ts";
import { ownWordsOf } from "./own-words.ts";
import { createSpeakerOf, type Speaker } from "./speakers.ts";
import { createTimestampParser } from "./timestamp-format.ts";

/** One message of a conversation, as every extractor reads it. */
export interface Message {
  /** Who wrote it: the name that the message gives, else its role. */
  readonly role: string;
  readonly speaker: Speaker;
  /** In NFC and never empty. A run of white space is one space, or one `\n` if it had a line break. */
  readonly content: string;
  /** The part of `content` that its writer says in their own words. Empty if there is none. */
  readonly ownContent: string;
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
  /** Which of several people with the same role wrote it. */
  readonly name?: string | null | undefined;
  readonly date?: string | null | undefined;
  readonly dia_id?: string | null | undefined;
  /** How many parts of its content were no text. @default 0 */
  readonly skipped_parts?: number | undefined;
  /** How many of its characters were replaced. @default 0 */
  readonly replaced_characters?: number | undefined;
}

/**
 * Tidies the messages of a conversation and drops empty ones. Tells who the user is (`speakers.ts`), and which words of a message
 * are its writer's own (`own-words.ts`). Dates are in ISO 8601, or in the strptime format if there is one.
 * A date that cannot be read is null: the message is kept.
 */
export function normaliseMessages(
  wire: readonly WireMessage[],
  timestampFormat: string | null = null,
  userId: string | null = null,
): readonly Message[] {
  const speakerOf = createSpeakerOf(wire.map(nameOf), userId);
  const parseDate = timestampFormat === null ? parseTimestamp : createTimestampParser(timestampFormat);
  const readDate = (text: string) => (text.length > longestDate ? null : (parseDate(text.trim()) ?? null));
  return wire.flatMap((message, index) => {
    const { content, date, dia_id: eventId } = message;
    const tidy = tidyText(content);
    if (tidy === "") return [];
    const role = nameOf(message);
    const speaker = speakerOf(role);
    const ownContent = speaker === "machine" ? tidy : tidyText(ownWordsOf(content));
    const saidAt = date ? readDate(date) : null;
    return [{ role, speaker, content: tidy, ownContent, saidAt, eventId: eventId ?? null, index }];
  });
}

/** A machine's role stays, because its name may be any: `{ role: "tool", name: "weather" }`. */
function nameOf({ role, name }: WireMessage): string {
  return name && name.trim() !== "" && !isMachineName(role) ? name : role;
}

/** A text in NFC that PostgreSQL can store. A run of white space becomes one space or one line break. */
export function tidyText(text: string): string {
  return normalFormOf(text.toWellFormed())
    .split(/[\n\r\u2028\u2029]+/)
    .map((line) => line.replaceAll(/[\s\0]+/g, " ").trim())
    .filter((line) => line !== "")
    .join("\n");
}
