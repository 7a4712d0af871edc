import { MemlaneError } from "@memlane/core";

/** A 404 in the words of the API, and not of some other server at the address. */
export function isNoSuchJob(error: unknown): boolean {
  return MemlaneError.is(error) && error.status === 404 && error.wireCode !== undefined;
}
