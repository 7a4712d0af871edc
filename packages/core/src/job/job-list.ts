import * as z from "zod/mini";
import { clientDialects, type AnyJobWire, type AnyJobStatus } from "../client/dialects.ts";
import type { JobState } from "./job-machine.ts";

/** The state that a status word of any dialect means; undefined for an unknown word. */
export function stateOfAnyStatus(word: string): JobState | undefined {
  for (const { statuses } of clientDialects) {
    const state = statuses.nameOf(word);
    if (state !== undefined) return state;
  }
  return undefined;
}

/** All status words of all dialects. */
export const jobStatusWords: readonly AnyJobStatus[] = [
  ...new Set(clientDialects.flatMap(({ statuses }) => Object.values(statuses.words))),
];

/** A job of any dialect, in the format of its own. */
export const anyJobWire = z.union(
  // The ingest schema comes last: an ingest job never has the counts of a batch, but a batch may have every
  // field of an ingest job.
  clientDialects.map(({ jobWire }) => jobWire).toReversed(),
);

/** A page of jobs of any dialect, newest first; pass its `next_cursor` to get the next one. */
export const jobPageWire = z.object({
  object: z._default(z.literal("list"), "list"),
  data: z.array(anyJobWire),
  has_more: z.boolean(),
  /** For the next page; null on the last. */
  next_cursor: z._default(z.nullable(z.string()), null),
});
/** A page of jobs in the wire format. */
export interface JobPageWire extends z.output<typeof jobPageWire> {
  data: AnyJobWire[];
}
