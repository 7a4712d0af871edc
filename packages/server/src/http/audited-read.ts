import { factIds, memoryIds, type FactId, type MemoryId } from "@memlane/core";
import type { Answer } from "./route.ts";

const mostIds = 100;

/** The memories and facts that a read returned, for the audit log. */
export function auditedRead(
  memories: readonly { readonly id: MemoryId }[],
  userId: string | null | undefined,
  facts: readonly { readonly id: FactId }[] = [],
): NonNullable<Answer["audited"]> {
  return {
    userId: userId ?? null,
    meta: { memories: memories.length, ...(facts.length > 0 && { facts: facts.length }) },
    read: {
      memories: memories.slice(0, mostIds).map(({ id }) => memoryIds.print(id)),
      facts: facts.slice(0, mostIds).map(({ id }) => factIds.print(id)),
    },
  };
}
