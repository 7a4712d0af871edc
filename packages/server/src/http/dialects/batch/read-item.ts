// One bad item of a batch is an error of this item. Only an unknown key or an unreadable timestamp refuses the whole batch.
import { batchItemWire, boundedText, replaceUnstorableIn } from "@memlane/core/internal";
import * as z from "zod/mini";
import type { StoredItem } from "../../../memories/new-memory-of-item.ts";
import { printIssue, printPath } from "../../print-issue.ts";

/** An item to store, and how many of its characters were replaced. */
interface ReadItem {
  readonly item: StoredItem;
  readonly replaced: number;
}

/** Reads one memory of a batch. */
export const readableItem = z.pipe(z.unknown(), z.transform(readItem));

function readItem(sent: unknown, context: z.core.ParsePayload): ReadItem {
  const { value: item, replaced } = replaceTextsOf(sent);
  const parsed = batchItemWire.safeParse(item);
  if (parsed.success) return { item: parsed.data, replaced };
  const grave = parsed.error.issues.filter(
    ({ code, path }) => code === "unrecognized_keys" || path[0] === "timestamp",
  );
  for (const { path, message, code } of grave)
    context.issues.push({ code: "custom", input: sent, path, message, params: { code } });
  const [issue] = parsed.error.issues;
  const refused = printIssue({ field: printPath(issue!.path), message: issue!.message, type: issue!.code });
  const id = idOf(item);
  const kept = { ...ownersOf(item), ...(id !== undefined && { metadata: { id } }) };
  return { item: { content: "", ...kept, refused }, replaced: 0 };
}

/** Replaces what cannot be stored in the content and the metadata of a memory. */
export function withStorableTexts(sent: unknown): unknown {
  return replaceTextsOf(sent).value;
}

/** Changes only content and metadata: with another `user_id`, it would be another user's memory. */
function replaceTextsOf(sent: unknown): { readonly value: unknown; readonly replaced: number } {
  if (typeof sent !== "object" || sent === null || Array.isArray(sent)) return { value: sent, replaced: 0 };
  const texts = Object.entries(sent).filter(([key]) => key === "content" || key === "metadata");
  const { value, replaced } = replaceUnstorableIn(Object.fromEntries(texts));
  return { value: { ...sent, ...(value as object) }, replaced };
}

/** The user and the agent of a refused item, so that their erasure also finds its id. */
function ownersOf(item: unknown): Pick<StoredItem, "user_id" | "agent_id"> {
  const name = z.catch(z.optional(boundedText(255)), undefined);
  return z.object({ user_id: name, agent_id: name }).safeParse(item).data ?? {};
}

/** The client's own id of a refused item. */
function idOf(item: unknown): string | undefined {
  const { data } = z.object({ metadata: z.object({ id: z.string() }) }).safeParse(item);
  return data?.metadata.id;
}
