// Finds the facts of verbatim memories, as if their owner had said them one after the other.
import { memoryIds } from "@memlane/core";
import type { RecordAudit } from "../audit/audit-log.ts";
import type { Database } from "../database/database.ts";
import { runPipeline } from "../pipeline/pipeline.ts";
import type { TextStages } from "../pipeline/text-stages.ts";
import { insertMemories } from "../store/memories.ts";
import { endMining, type ClaimedMemory } from "../store/mining.ts";
import { auditLearned } from "./audit-learned.ts";
import { LeaseLostError } from "./lease-lost-error.ts";

/** Memories to mine. All have the same organisation, user, agent and run. */
export interface MiningRun {
  readonly database: Database;
  readonly textStages: TextStages;
  readonly memories: readonly [ClaimedMemory, ...ClaimedMemory[]];
  readonly audit: RecordAudit;
  readonly signal: AbortSignal;
}

/**
 * Mines memories. Their facts and the end of their mining commit in one transaction.
 *
 * @throws LeaseLostError if another worker took a memory, or its client changed or deleted it
 */
export async function mineMemories({
  database,
  textStages,
  memories,
  audit,
  signal,
}: MiningRun): Promise<void> {
  const [{ orgId, userId, agentId, runId }] = memories;
  const learned = await runPipeline({
    conversation: {
      messages: memories.map(({ text, saidAt }) => ({
        role: "user",
        content: text,
        date: saidAt.toISOString(),
      })),
      timestampFormat: null,
      userId,
      arrivedAt: new Date(),
    },
    owner: { orgId, jobId: null, userId, agentId, appId: null, conversationId: null, runId },
    textStages,
    database,
    async insertMemories(sql, facts) {
      await insertMemories(sql, orgId, facts); // without limits: the quota counts what clients write
    },
    keepsMessages: false,
    async end(sql, { messages, created, supersededBy }) {
      const retracted = await endMining(sql, orgId, {
        memories,
        unread: new Set(
          messages.filter(({ outcome }) => outcome === "failed").map(({ index }) => memories[index]!.id),
        ),
        facts: messages.flatMap(({ index, memoryIds: factsOfMessage }) =>
          factsOfMessage.map((factId) => ({ memoryId: memories[index]!.id, factId })),
        ),
      });
      if (retracted === undefined) throw new LeaseLostError();
      return { created: created.length, ended: Object.keys(supersededBy).length + retracted };
    },
    signal,
  });
  const targetId = memories.length === 1 ? memoryIds.print(memories[0].id) : null;
  auditLearned(audit, { orgId, userId, targetId }, learned);
}
