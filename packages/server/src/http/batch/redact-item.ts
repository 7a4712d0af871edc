import type { BatchItem, JsonObject } from "@memlane/core";
import type { Redaction } from "../redaction.ts";

/** A memory as it is to be kept: its words and its metadata without what the organisation wants replaced. */
export async function redactItem<Item extends Pick<BatchItem, "content" | "metadata">>(
  item: Item,
  { textOf, jsonOf }: Redaction,
): Promise<Item> {
  const content = await textOf(item.content);
  if (item.metadata == null) return { ...item, content };
  return { ...item, content, metadata: (await jsonOf(item.metadata as JsonObject)) as JsonObject };
}
