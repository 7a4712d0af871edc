// Which jobs to list, to cancel or to retry.
import * as z from "zod/mini";
import { boundedText } from "../dialect/bounded-text.ts";
import { flag } from "../dialect/query-flag.ts";
import { parseTimestamp, timestampWire } from "../dialect/timestamp.ts";

/** The states by which jobs can be selected. A retrying job waits for the repetition of a failed attempt. */
export const selectableStates = ["queued", "active", "retrying", "failed", "succeeded"] as const;
/** A state by which jobs can be selected. */
export type SelectableState = (typeof selectableStates)[number];

const described = (description: string) => z.meta({ description });
const id = (of: string) =>
  z.optional(boundedText(255, 1).check(described(`Only conversations of this ${of}.`)));
const instant = (bound: string) =>
  z.optional(
    z.pipe(
      timestampWire.check(
        described(`Only jobs that were accepted ${bound} this time. An ISO 8601 date or datetime.`),
      ),
      z.transform((text) => parseTimestamp(text)!),
    ),
  );

/** The fields of a filter. */
export const jobFilterFields = {
  kind: z.optional(z.enum(["ingest", "batch"])),
  state: z.optional(
    z.pipe(
      z.pipe(
        z
          .string()
          .check(
            described(
              `One or more of ${selectableStates.join(", ")}, separated by commas. A job in any of these states matches.`,
            ),
          ),
        z.transform((list) => list.split(",")),
      ),
      z.array(z.enum(selectableStates)),
    ),
  ),
  user_id: id("user"),
  agent_id: id("agent"),
  error_code: z.optional(boundedText(255, 1).check(described("Only failed jobs with this code."))),
  has_failed_items: z.optional(
    flag.check(described("`true`: only batches with a failed item. `false`: only jobs without one.")),
  ),
  since: instant("at or after"),
  until: instant("at or before"),
};

/** Selects jobs. All fields must match. */
export interface JobFilter {
  readonly kind?: "ingest" | "batch";
  /** One of `queued`, `active`, `retrying`, `failed` and `succeeded`, or several separated by commas. */
  readonly state?: SelectableState | (string & {});
  /** Only conversations of this user; a batch belongs to no user. */
  readonly user_id?: string;
  readonly agent_id?: string;
  /** Only failed jobs with this code. */
  readonly error_code?: string;
  /** True: only batches with a failed item. False: only jobs without one. */
  readonly has_failed_items?: boolean;
  /** Only jobs that were accepted at or after this time, in ISO 8601. */
  readonly since?: string;
  /** Only jobs that were accepted at or before this time, in ISO 8601. */
  readonly until?: string;
}
