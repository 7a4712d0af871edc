// How many requests a key may make in a minute, counted over all processes.
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import type { Sql } from "../database/database.ts";

/** Where a key stands in its minute. */
interface RateLimitUsage {
  readonly isOver: boolean;
  /** Until the minute is over, in milliseconds. */
  readonly resetMs: number;
  /** What every answer says of it. */
  readonly headers: Readonly<Record<RateLimitHeader, string>>;
}

/** The headers of https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-ratelimit-headers-06. */
export const rateLimitHeaders = ["ratelimit-limit", "ratelimit-remaining", "ratelimit-reset"] as const;
type RateLimitHeader = (typeof rateLimitHeaders)[number];

/** Counts one request of a key, and says where that leaves it. */
export type CountRequest = (keyId: string, requestsPerMinute: number) => Promise<RateLimitUsage>;

/** Counts in the database. Who is over the limit is refused from memory until the minute is over. */
export function createRateLimit(sql: Sql): CountRequest {
  // What the library asks of a client of node-postgres.
  const storeClient = {
    async query({ name, text, values }: { name: string; text: string; values: unknown[] }) {
      const rows = await sql.query({ name, text }, values);
      return { rows, rowCount: rows.length };
    },
  };
  const limiters = new Map<number, RateLimiterPostgres>(); // they count in the same rows
  const limiterOf = (points: number) => {
    const known = limiters.get(points);
    if (known !== undefined) return known;
    const limiter = new RateLimiterPostgres({
      storeClient,
      storeType: "client",
      schemaName: "memlane",
      tableName: "rate_limit",
      tableCreated: true,
      clearExpiredByTimeout: false, // a row for each key, which it keeps
      keyPrefix: "",
      points,
      duration: 60,
      inMemoryBlockOnConsumed: points,
    });
    limiters.set(points, limiter);
    return limiter;
  };
  return async (keyId, requestsPerMinute) => {
    const usage = await limiterOf(requestsPerMinute)
      .consume(keyId)
      .then(
        (result) => ({ result, isOver: false }),
        (error: unknown) => {
          if (error instanceof RateLimiterRes) return { result: error, isOver: true };
          throw error;
        },
      );
    const { remainingPoints, msBeforeNext: resetMs } = usage.result;
    return {
      isOver: usage.isOver,
      resetMs,
      headers: {
        "ratelimit-limit": String(requestsPerMinute),
        "ratelimit-remaining": String(remainingPoints),
        "ratelimit-reset": String(Math.ceil(resetMs / 1000)),
      },
    };
  };
}
