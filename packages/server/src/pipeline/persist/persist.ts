import type { JobId, MemlaneError, MemoryId, MemoryReference } from "@memlane/core";
import type { Sql } from "../../database/database.ts";
import {
  lockActiveFacts,
  retireMemories,
  type ActiveFact,
  type FactReach,
  type NewMemory,
  type Retirement,
} from "../../store/memories.ts";
import type { Decision } from "../reconcile/reconcile.ts";
import type { Statement } from "../statement/statement.ts";

/** Where the memories of a conversation belong. */
export interface MemoryOwner {
  readonly orgId: string;
  readonly jobId: JobId;
  readonly userId: string;
  readonly agentId: string | null;
  readonly appId: string | null;
  readonly conversationId: string;
}

/** Stores memories in the transaction of `sql`. Returns for each memory why it was refused, or undefined. */
export type InsertMemories = (
  sql: Sql,
  memories: readonly NewMemory[],
) => Promise<readonly (MemlaneError | undefined)[]>;

/** What to store, and which facts the decisions were made from. */
export interface PersistPlan {
  readonly owner: MemoryOwner;
  readonly decisions: readonly Decision[];
  readonly reach: FactReach;
  readonly active: readonly ActiveFact[];
  readonly insertMemories: InsertMemories;
}

/** What was stored. */
export interface Persisted {
  readonly created: readonly MemoryReference[];
  /** Each memory that went out of use, with the memory that takes its place. */
  readonly supersededBy: Readonly<Record<string, MemoryId>>;
}

/**
 * Stores what was decided, in the transaction of `sql`. Undefined, with nothing stored, if the user's facts have changed since
 * the decisions. Throws the refusal if the organisation may not store all of it.
 */
export async function persist(
  sql: Sql,
  { owner, decisions, reach, active, insertMemories }: PersistPlan,
): Promise<Persisted | undefined> {
  if (decisions.length > 0 && !(await lockActiveFacts(sql, owner.orgId, owner.userId, reach, active)))
    return undefined;
  const retired = new Map<MemoryId, Retirement>();
  const created: (NewMemory & MemoryReference)[] = [];
  for (const decision of decisions) {
    if (decision.type !== "create" && decision.type !== "supersede") continue;
    const { id, statement } = decision;
    const superseded = decision.type === "supersede" ? decision.supersedes : [];
    const status = statement.retracts ? "retracted" : "superseded";
    for (const old of superseded) retired.set(old, { id: old, status, superseded_by: id });
    created.push(newMemoryOf(owner, id, statement, superseded[0] ?? null));
  }
  // Retire before inserting: a slot holds one active fact at any time.
  await retireMemories(sql, owner.orgId, [...retired.values()]);
  const refusals = await insertMemories(
    sql,
    created.map((memory) => ({ ...memory, ...retired.get(memory.id), job_id: owner.jobId })),
  );
  // All or nothing: otherwise a fact could be retired without its successor.
  const refusal = refusals.find((each) => each !== undefined);
  if (refusal !== undefined) throw refusal;
  return {
    created: created.map(({ id, type, text }) => ({ id, type, text })),
    supersededBy: Object.fromEntries([...retired.values()].map((old) => [old.id, old.superseded_by])),
  };
}

function newMemoryOf(
  owner: MemoryOwner,
  id: MemoryId,
  statement: Statement,
  supersedes: MemoryId | null,
): NewMemory & MemoryReference {
  return {
    id,
    type: "fact",
    text: statement.text,
    user_id: owner.userId,
    agent_id: owner.agentId,
    app_id: owner.appId,
    conversation_id: owner.conversationId,
    fact_type: statement.factType,
    slot: statement.slot,
    fingerprint: statement.fingerprint,
    supersedes,
    source_role: statement.sourceRole,
    source_event_ids: statement.sourceEventIds,
  };
}
