import type { IngestRequest } from "@memlane/core";
import { readMessageContent, replaceUnstorable } from "@memlane/core/internal";
import type { WireMessage } from "../../../pipeline/normalise/normalise-messages.ts";

/** Converts a message to the form that is then redacted and stored. Counts skipped parts and replaced characters. */
export function readMessage({ content, ...message }: IngestRequest["messages"][number]): WireMessage {
  const { text, skippedParts } = readMessageContent(content);
  let replaced = 0;
  const storable = (written: string) => {
    const each = replaceUnstorable(written);
    replaced += each.replaced;
    return each.value;
  };
  const optional = (written: string | null | undefined) => (written == null ? written : storable(written));
  return {
    role: storable(message.role),
    name: optional(message.name),
    content: storable(text),
    date: optional(message.date),
    dia_id: optional(message.dia_id),
    ...(skippedParts > 0 && { skipped_parts: skippedParts }),
    ...(replaced > 0 && { replaced_characters: replaced }),
  };
}
