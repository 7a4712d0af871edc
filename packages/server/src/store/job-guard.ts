import type { JobEvent } from "@memlane/core";
import { sourcesOf } from "@memlane/core/internal";

/** The states that an event may start from, as a condition. */
export function guard(event: JobEvent): string {
  return `state in (${sourcesOf(event)
    .map((state) => `'${state}'`)
    .join(", ")})`;
}
