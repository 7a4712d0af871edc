import { jobFilterFields } from "@memlane/core/internal";
import * as z from "zod/mini";
import type { JobFilter } from "../../store/job-filter.ts";

/** The filter of jobs in a query or a body. */
export const jobFilterWire = z.object(jobFilterFields);

/** Converts a filter from the wire format. */
export function readJobFilter({
  state,
  user_id,
  agent_id,
  error_code,
  ...filter
}: z.output<typeof jobFilterWire>): JobFilter {
  return { states: state, userId: user_id, agentId: agent_id, errorCode: error_code, ...filter };
}
