// Erases everything of a user, of an agent or of an organisation, in small transactions.
import type { JobId, Uuid } from "@memlane/core";
import type { Sql } from "../database/database.ts";
import type { RequestDatabase } from "../database/org-shares.ts";
import { retryTransient } from "../database/retry-transient.ts";
import { insertAuditEvents } from "../store/audit-events.ts";
import { deleteTheseMessages } from "../store/delete-messages.ts";
import { deleteDeliveriesOf, eraseConversations, eraseItems, listJobsToErase } from "../store/erase-jobs.ts";
import {
  deleteMemories,
  listMessagesToErase,
  lockMemoriesToErase,
  unlinkMemories,
} from "../store/erase-memories.ts";
import { listOwnFacts } from "../store/facts.ts";
import {
  deleteErasure,
  lockErasure,
  saveErasure,
  type Erasure,
  type ErasureCounts,
  type ErasurePhase,
} from "../store/erasures.ts";
import { deleteOrg } from "../store/orgs.ts";

/** How many rows of each phase one transaction reads. They take about 50 ms. */
const rowsPerStep = { jobs: 500, messages: 200, memories: 1000 } as const satisfies Record<
  ErasurePhase,
  number
>;

const nextPhase = { jobs: "messages", messages: "memories", memories: null } as const satisfies Record<
  ErasurePhase,
  ErasurePhase | null
>;

/** An erasure to run, after `insertErasure`. */
export interface ErasureRun {
  readonly database: RequestDatabase;
  readonly orgId: string;
  readonly id: Uuid;
  /** Called after the transaction that changed jobs. */
  readonly onChanged: (jobs: readonly JobId[]) => void;
  /** Whether it must stop after this step. Another process then finishes it. */
  readonly isOver: () => boolean;
}

/** What was erased so far. */
export interface ErasureReport {
  readonly counts: ErasureCounts;
  readonly isFinished: boolean;
}

const none: ErasureCounts = { memories: 0, facts: 0, messages: 0, jobs: 0, deliveries: 0 };

/** Runs an erasure until its end, or until its time is over. Each step continues where the last one of any process stopped. */
export async function runErasure({
  database,
  orgId,
  id,
  onChanged,
  isOver,
}: ErasureRun): Promise<ErasureReport> {
  let counts = none;
  for (;;) {
    const step = await retryTransient(() => database.transaction((sql) => runStep(sql, orgId, id)), isOver);
    if (step === undefined) return { counts, isFinished: true };
    ({ counts } = step);
    onChanged(step.changed);
    if (step.isFinished) return { counts, isFinished: true };
    if (isOver()) return { counts, isFinished: false };
  }
}

interface StepReport extends ErasureReport {
  /** The jobs that it changed. */
  readonly changed: readonly JobId[];
}

/** Undefined if the erasure is finished already. */
async function runStep(sql: Sql, orgId: string, id: Uuid): Promise<StepReport | undefined> {
  const erasure = await lockErasure(sql, orgId, id);
  if (erasure === undefined) return undefined;
  const { through, changed = [], ...erased } = await steps[erasure.phase](sql, erasure);
  const counts = sum({ ...none, ...erasure.counts }, erased);
  const phase = through === null ? nextPhase[erasure.phase] : erasure.phase;
  if (phase !== null) await saveErasure(sql, { id, orgId, phase, through, counts });
  else await finish(sql, erasure, counts);
  return { counts, changed, isFinished: phase === null };
}

type Step = (
  sql: Sql,
  erasure: Erasure,
) => Promise<Partial<ErasureCounts> & { readonly through: Uuid | null; readonly changed?: readonly JobId[] }>;

const steps: Readonly<Record<ErasurePhase, Step>> = {
  async jobs(sql, erasure) {
    const { orgId } = erasure;
    const found = await listJobsToErase(sql, erasure, rowsPerStep.jobs);
    const ended = await eraseConversations(sql, orgId, found.conversations);
    const changed: JobId[] = [...ended];
    for (const batch of found.batches) if (await eraseItems(sql, erasure, batch)) changed.push(batch);
    const deliveries = await deleteDeliveriesOf(sql, orgId, ended);
    return { jobs: changed.length, deliveries, through: found.through, changed };
  },
  async messages(sql, erasure) {
    const ids = await listMessagesToErase(sql, erasure, rowsPerStep.messages);
    const messages = await deleteTheseMessages(sql, ids);
    return { messages, through: ids.length < rowsPerStep.messages ? null : ids.at(-1)! };
  },
  async memories(sql, erasure) {
    const { orgId } = erasure;
    const ids = await lockMemoriesToErase(sql, erasure, rowsPerStep.memories);
    // Also facts that were mined from them since the request: the lock keeps miners from storing more.
    const gone = [...new Set([...ids, ...(await listOwnFacts(sql, orgId, ids))])];
    await unlinkMemories(sql, orgId, gone);
    const deleted = await deleteMemories(sql, orgId, gone);
    return { ...deleted, through: ids.length < rowsPerStep.memories ? null : ids.at(-1)! };
  },
};

/** Stores the audit event, or deletes the organisation with everything that is left. */
async function finish(sql: Sql, erasure: Erasure, counts: ErasureCounts): Promise<void> {
  const { id, orgId, kind, name, ip, sentBy, requestedAt } = erasure;
  if (kind === "organisation") return deleteOrg(sql, orgId);
  await deleteErasure(sql, orgId, id);
  const event = {
    id,
    orgId,
    at: new Date(requestedAt),
    actor: "rest",
    action: "erase",
    result: "ok",
    userId: kind === "user" ? name : null,
    targetId: kind === "agent" ? name : null,
    meta: { scope: kind, ...counts, ...sentBy },
    ip,
    read: null,
  } as const;
  await insertAuditEvents(sql, [event]);
}

function sum(before: ErasureCounts, more: Partial<ErasureCounts>): ErasureCounts {
  const { memories = 0, facts = 0, messages = 0, jobs = 0, deliveries = 0 } = more;
  return {
    memories: before.memories + memories,
    facts: before.facts + facts,
    messages: before.messages + messages,
    jobs: before.jobs + jobs,
    deliveries: before.deliveries + deliveries,
  };
}
