import * as z from "zod/mini";
import { replaceableText } from "../dialect/bounded-text.ts";

/** How many characters one message may contain. */
export const maximumMessageLength = 2_000_000;

const text = replaceableText(maximumMessageLength);

/** The content of a message, as agents send it: a text, or a list of parts such as `{ "type": "text", "text": "Hi" }`. */
export const messageContentWire = z
  .union(
    [z.string().check(z.meta({ maxLength: maximumMessageLength })), z.array(z.unknown()), z.looseObject({})],
    { error: "must be a text or a list of parts" },
  )
  .check(
    z.refine((content) => text.safeParse(readMessageContent(content).text).success, {
      error: `must have at most ${maximumMessageLength.toLocaleString("en")} characters`,
    }),
    z.meta({
      description:
        "A text of up to 2,000,000 characters, or a list of content parts. Parts that are no text, such as images, are skipped. " +
        "Null or absent beside tool calls.",
    }),
  );

/** The text of a message's content, and how many of its parts are no text. */
export interface MessageText {
  readonly text: string;
  readonly skippedParts: number;
}

/** The types of the parts that contain the writer's text. Gemini's parts have no type. */
const textTypes: readonly unknown[] = ["text", "input_text", "output_text", undefined];

/** Joins the text parts of a content by line breaks. Images, files, tool calls, tool results and thoughts are skipped. */
export function readMessageContent(content: unknown): MessageText {
  if (typeof content === "string") return { text: content, skippedParts: 0 };
  if (typeof content !== "object" || content === null) return { text: "", skippedParts: 0 };
  const parts: readonly unknown[] = Array.isArray(content) ? content : [content];
  const texts = parts.flatMap((part) => textOfPart(part) ?? []);
  return { text: texts.join("\n"), skippedParts: parts.length - texts.length };
}

function textOfPart(part: unknown): string | undefined {
  if (typeof part === "string") return part;
  if (typeof part !== "object" || part === null) return undefined;
  const { type, text: written } = part as { readonly type?: unknown; readonly text?: unknown };
  return textTypes.includes(type) && typeof written === "string" ? written : undefined;
}
