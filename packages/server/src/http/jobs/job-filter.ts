import type { jobFilterFields } from "@memlane/core/internal";
import type * as z from "zod/mini";
import type { JobFilter } from "../../store/job-filter.ts";

/** Converts a filter from the wire format. */
export function readJobFilter({
  state,
  user_id,
  agent_id,
  error_code,
  has_failed_items,
  ...filter
}: z.output<z.ZodMiniObject<typeof jobFilterFields>>): JobFilter {
  return {
    states: state,
    userId: user_id,
    agentId: agent_id,
    errorCode: error_code,
    hasFailedItems: has_failed_items,
    ...filter,
  };
}
