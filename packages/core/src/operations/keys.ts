// The API keys of an organisation, with the recent requests of each.
import * as z from "zod/mini";

const count = z.int().check(z.gte(0));
const limit = z.nullable(count);
const milliseconds = z.nullable(z.number());
const instant = z.nullable(z.string());

/** What to count of each key. */
export interface KeyListQuery {
  /** How many days (UTC) to count, with today, 1 to 31. @default 7 */
  readonly days?: number;
}

/** The answer to `GET /v1/keys`. Its times are in ISO 8601. */
export const keyListWire = z.object({
  /** The newest 1,000 keys, newest first, with revoked ones. */
  data: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      /** The last characters of the key; empty for a short key. */
      hint: z.string(),
      scopes: z.array(z.string()),
      /** The only user that the key acts for; null if it acts for all users. */
      user_id: z.nullable(z.string()),
      created_at: z.string(),
      last_used_at: instant,
      revoked_at: instant,
      /** Requests of the last days, without those of job tokens. */
      requests: count,
      /** How many of them were answered with an error. */
      errors: count,
      /** How long the answers took, without long-polls and streams; null without any. */
      latency_p50_ms: milliseconds,
      latency_p95_ms: milliseconds,
      limits: z.object({
        /** Requests in a minute; null without a limit. */
        requests_per_minute: limit,
        requests_left: limit,
      }),
    }),
  ),
  /** The limits that all keys share. */
  limits: z.object({
    /** Memories in this month (UTC); null without a limit. */
    writes_per_month: limit,
    writes_left: limit,
  }),
});
/** The API keys of an organisation in the wire format. */
export interface KeyListWire extends z.output<typeof keyListWire> {}
