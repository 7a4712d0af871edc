import type { Job, JobState } from "@memlane/core";
import type { SelectableState } from "@memlane/core/internal";
import { firstIdAt } from "../base/first-id-at.ts";

/** Which jobs to select. All fields must match. */
export interface JobFilter {
  readonly kind?: Job["kind"] | undefined;
  readonly status?: JobState | undefined;
  /** Any of these. */
  readonly states?: readonly SelectableState[] | undefined;
  readonly userId?: string | undefined;
  readonly agentId?: string | undefined;
  /** The code with which they failed. */
  readonly errorCode?: string | undefined;
  /** Whether an item of a batch failed. */
  readonly hasFailedItems?: boolean | undefined;
  /** When they were accepted, inclusive. */
  readonly since?: Date | undefined;
  readonly until?: Date | undefined;
}

/** SQL: whether a job waits for the repetition of a failed attempt. */
const isRetrying = "(state = 'active' and lease_id is null and due_at > '-infinity')";

/** SQL: whether a job is in each of these states. */
export const isInState: Readonly<Record<SelectableState, string>> = {
  queued: "state = 'queued'",
  active: `(state = 'active' and not ${isRetrying})`,
  retrying: isRetrying,
  failed: "state = 'failed'",
  succeeded: "state = 'succeeded'",
};

/**
 * The SQL condition of a filter, with its parameters. States and failed items are written into the SQL, so that the
 * planner can use the indexes of unfinished jobs, of failed jobs and of jobs with failed items.
 */
export function conditionsOfJobs(
  orgId: string,
  { kind, status, states, userId, agentId, errorCode, hasFailedItems, since, until }: JobFilter,
): { readonly where: string; readonly parameters: unknown[] } {
  const parameters: unknown[] = [orgId];
  const given = (sql: (parameter: string) => string, value: unknown) =>
    value === undefined ? [] : [sql(`$${parameters.push(value)}`)];
  const conditions = [
    "org_id = $1",
    ...given((value) => `kind = ${value}`, kind),
    ...(status === undefined ? [] : [`state = '${status}'`]),
    ...(states === undefined ? [] : [`(${states.map((state) => isInState[state]).join(" or ")})`]),
    ...given((value) => `user_id = ${value}`, userId),
    ...given((value) => `agent_id = ${value}`, agentId),
    ...given((value) => `state = 'failed' and failure ->> 'code' = ${value}`, errorCode),
    ...(hasFailedItems === undefined ? [] : [hasFailedItems ? "failed > 0" : "failed = 0"]),
    ...given((value) => `id >= ${value}`, since && firstIdAt(since.getTime())),
    ...given((value) => `id < ${value}`, until && firstIdAt(until.getTime() + 1)),
  ];
  return { where: conditions.join(" and "), parameters };
}
