import { memoryIds, type MemoryId } from "@memlane/core";
import type { Answer } from "./route.ts";

/** The memories that a read returned, for the audit log. */
export function auditedRead(
  memories: readonly { readonly id: MemoryId }[],
  userId: string | null | undefined,
): NonNullable<Answer["audited"]> {
  return {
    userId: userId ?? null,
    meta: { memories: memories.length },
    read: { memories: memories.slice(0, 100).map(({ id }) => memoryIds.print(id)), facts: [] },
  };
}
