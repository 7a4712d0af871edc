// One bad item of a batch is an error of this item. Only an unknown key or an unreadable timestamp refuses the whole batch.
import { batchItemWire, maximumBatchSize, replaceUnstorableIn } from "@memlane/core/internal";
import * as z from "zod/mini";
import type { StoredItem } from "../../../memories/new-memory-of-item.ts";
import { printIssue, printPath } from "../../print-issue.ts";

/** Reads the body of `POST /v1/batch`. Its schema for people is `batchRequestWire`. */
export const batchOfItems = z.strictObject({
  memories: z
    .array(z.pipe(z.unknown(), z.transform(readItem)))
    .check(z.minLength(1), z.maxLength(maximumBatchSize)),
});

function readItem(sent: unknown, context: z.core.ParsePayload): StoredItem {
  const item = withStorableTexts(sent);
  const parsed = batchItemWire.safeParse(item);
  if (parsed.success) return parsed.data;
  const grave = parsed.error.issues.filter(
    ({ code, path }) => code === "unrecognized_keys" || path[0] === "timestamp",
  );
  for (const { path, message, code } of grave)
    context.issues.push({ code: "custom", input: sent, path, message, params: { code } });
  const [issue] = parsed.error.issues;
  const refused = printIssue({ field: printPath(issue!.path), message: issue!.message, type: issue!.code });
  const id = idOf(item);
  return { content: "", ...(id !== undefined && { metadata: { id } }), refused };
}

/** A memory in whose content and metadata what cannot be stored is replaced. Names stay: with another name it is another user's. */
export function withStorableTexts(sent: unknown): unknown {
  if (typeof sent !== "object" || sent === null || Array.isArray(sent)) return sent;
  const { content, metadata } = sent as { readonly content?: unknown; readonly metadata?: unknown };
  return {
    ...sent,
    ...(content !== undefined && { content: replaceUnstorableIn(content).value }),
    ...(metadata !== undefined && { metadata: replaceUnstorableIn(metadata).value }),
  };
}

/** The client's own id of a refused item. */
function idOf(item: unknown): string | undefined {
  const { data } = z.object({ metadata: z.object({ id: z.string() }) }).safeParse(item);
  return data?.metadata.id;
}
