import { MemlaneError } from "@memlane/core";

/** Whether an error is a 404 of the API for a job, not of another server at the address. */
export function isNoSuchJob(error: unknown): boolean {
  return MemlaneError.is(error) && error.status === 404 && error.wireCode !== undefined;
}
