// Limits the requests of a key per minute, over all processes.
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import type { Sql } from "../database/database.ts";

/** How much of its limit a key has used this minute. */
interface RateLimitUsage {
  readonly isOver: boolean;
  /** The rest of the minute, in milliseconds. */
  readonly resetMs: number;
  /** The headers for every answer. */
  readonly headers: Readonly<Record<RateLimitHeader, string>>;
}

/**
 * The headers of https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-ratelimit-headers-06, and their older names. Clients read
 * `x-ratelimit-reset` as Unix time, and `ratelimit-reset` as seconds from now.
 */
type RateLimitHeader = `${"" | "x-"}ratelimit-${"limit" | "remaining" | "reset"}`;

/** Counts one request of a key, and returns the resulting usage. */
export type CountRequest = (keyId: string, requestsPerMinute: number) => Promise<RateLimitUsage>;

/** Counts in the database. A key over the limit is refused from memory for the rest of the minute. */
export function createRateLimit(sql: Sql): CountRequest {
  // The part of a node-postgres client that the library uses.
  const storeClient = {
    async query({ name, text, values }: { name: string; text: string; values: unknown[] }) {
      const rows = await sql.query({ name, text }, values);
      return { rows, rowCount: rows.length };
    },
  };
  const limiters = new Map<number, RateLimiterPostgres>(); // all count in the same rows
  const limiterOf = (points: number) => {
    const known = limiters.get(points);
    if (known !== undefined) return known;
    const limiter = new RateLimiterPostgres({
      storeClient,
      storeType: "client",
      schemaName: "memlane",
      tableName: "rate_limit",
      tableCreated: true,
      clearExpiredByTimeout: false, // not needed: each key reuses its one row
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
    const [limit, remaining] = [String(requestsPerMinute), String(remainingPoints)];
    return {
      isOver: usage.isOver,
      resetMs,
      headers: {
        "ratelimit-limit": limit,
        "ratelimit-remaining": remaining,
        "ratelimit-reset": String(Math.ceil(resetMs / 1000)),
        "x-ratelimit-limit": limit,
        "x-ratelimit-remaining": remaining,
        "x-ratelimit-reset": String(Math.ceil((Date.now() + resetMs) / 1000)),
      },
    };
  };
}
