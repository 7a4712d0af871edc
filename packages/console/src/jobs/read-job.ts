import { jobIds, uuidV7TimeMs, type AnyJobWire, type BatchJobWire } from "@memlane/core";

/** Whether the job is a batch; else it is a conversation. */
export const isBatch = (job: AnyJobWire): job is BatchJobWire => "received" in job;

/** When the job was accepted, which its id contains; undefined for an id of another server. */
export function acceptedAt({ id }: AnyJobWire): string | undefined {
  const uuid = jobIds.parse(id);
  const timeMs = uuid && uuidV7TimeMs(uuid);
  return timeMs === undefined ? undefined : new Date(timeMs).toISOString();
}

/** Why the job failed, with the precise code; undefined if it has not failed. */
export function failureOf(job: AnyJobWire): { readonly code: string; readonly message: string } | undefined {
  const { error } = job;
  if (error === undefined || error === null) return undefined;
  const code = "reason" in error && error.reason !== undefined ? error.reason : error.code;
  return { code, message: error.message };
}
