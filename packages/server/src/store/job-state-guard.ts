import type { JobEvent } from "@memlane/core";
import { sourcesOf } from "@memlane/core/internal";

/** SQL: whether a job is in a state in which this event is allowed. */
export function guard(event: JobEvent): string {
  return `state in (${sourcesOf(event)
    .map((state) => `'${state}'`)
    .join(", ")})`;
}
