import type { BatchItem } from "@memlane/core";
import type { JsonObject } from "@memlane/core/internal";
import type { Redaction } from "../../redaction.ts";

/** Redacts the content and the metadata of a memory by the organisation's settings. */
export async function redactItem<Item extends Pick<BatchItem, "content" | "metadata">>(
  item: Item,
  { textOf, jsonOf }: Redaction,
): Promise<Item> {
  const content = await textOf(item.content);
  if (item.metadata == null) return { ...item, content };
  return { ...item, content, metadata: (await jsonOf(item.metadata as JsonObject)) as JsonObject };
}
