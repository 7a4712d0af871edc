import { MemlaneError } from "@memlane/core";

/** The error for a job that does not exist, or belongs to another organisation. */
export function jobNotFound(): MemlaneError {
  return new MemlaneError({ code: "job_not_found", message: "there is no such job" });
}
