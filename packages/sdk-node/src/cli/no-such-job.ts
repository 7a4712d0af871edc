import { MemlaneError } from "@memlane/core";

/**
 * Whether the error says that the job does not exist. The 404 must come from the Memlane API, not from another server at
 * this address.
 */
export function isNoSuchJob(error: unknown): boolean {
  return MemlaneError.is(error) && error.status === 404 && error.wireCode !== undefined;
}
