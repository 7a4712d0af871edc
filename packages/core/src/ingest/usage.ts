import * as z from "zod/mini";
import { count, countOrZero, textOrNull } from "../dialect/answer-fields.ts";
import { openWord } from "../dialect/open-word.ts";

const operations = {
  /** The messages of accepted conversations. */
  messages_ingested: countOrZero,
  searches: countOrZero,
  /** Accepted conversations and searches. */
  requests: countOrZero,
};

const monthlyQuota = z._default(z.object({ used: countOrZero, limit: z._default(z.nullable(count), null) }), {
  used: 0,
  limit: null,
});

/** What an organisation has done this month and what it stores. */
export const usageWire = z.object({
  object: z._default(z.literal("usage"), "usage"),
  /** When it was counted, in ISO 8601. */
  as_of: z.string(),
  /** The time that the counts are of, in UTC: a calendar month. Of other servers it may be a billing period. */
  period: z.object({
    /** Such as `2026-12`. */
    key: z.string(),
    start: z.string(),
    end: z.string(),
    type: z._default(openWord(["calendar_month", "billing_period"]), "calendar_month"),
  }),
  tier: textOrNull,
  operations: z._default(z.object(operations), { messages_ingested: 0, searches: 0, requests: 0 }),
  /** Each day of the period; null unless requested. */
  daily: z._default(z.nullable(z.array(z.object({ date: z.string(), ...operations }))), null),
  /** Each API key; null unless requested. */
  by_api_key: z._default(
    z.nullable(
      z.array(
        z.object({
          /** The SHA-256 of the key, in hexadecimal digits. */
          api_key_hash: z.string(),
          /** The first characters of the key; empty for a short key. */
          first_n: textOrNull,
          name: textOrNull,
          ...operations,
          /** Null if it was never used. */
          last_used_at: textOrNull,
        }),
      ),
    ),
    null,
  ),
  storage: z.object({
    memories_active: countOrZero,
    episodes_active: countOrZero,
    artifacts_active: countOrZero,
    as_of: z.string(),
  }),
  quota: z.object({
    /** Requests that a key may make in a minute; 0 or null if unlimited. */
    rate_limit_req_per_min: z.nullable(count),
    monthly: z.object({
      period_key: z.string(),
      resets_at: z.string(),
      messages_ingested: monthlyQuota,
      searches: monthlyQuota,
    }),
  }),
});
/** The answer of `GET /v1/usage`. */
export interface UsageWire extends z.output<typeof usageWire> {}
