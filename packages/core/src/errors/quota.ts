import * as z from "zod/mini";

/** A quota that is used up. */
export interface Quota {
  /** How many memories may be stored per calendar month. */
  readonly limit: number;
  /** How many of these are stored, or promised to unfinished batches. */
  readonly used: number;
  /** When the next month starts. */
  readonly resetsAt: Date;
}

/** The fields of a quota in an error, which only `quota_exceeded` has. */
export const quotaFields = z.object({
  limit: z.optional(z.number()),
  used: z.optional(z.number()),
  /** In ISO 8601. */
  resets_at: z.optional(z.string()),
});

/** Reads these fields; undefined if one is missing or unreadable. */
export function readQuota({ limit, used, resets_at }: z.output<typeof quotaFields>): Quota | undefined {
  const resetsAt = new Date(resets_at ?? Number.NaN);
  if (limit === undefined || used === undefined || Number.isNaN(resetsAt.getTime())) return undefined;
  return { limit, used, resetsAt };
}

/** Prints these fields; none without a quota. */
export function printQuota(quota: Quota | undefined): z.input<typeof quotaFields> {
  if (quota === undefined) return {};
  return { limit: quota.limit, used: quota.used, resets_at: quota.resetsAt.toISOString() };
}
