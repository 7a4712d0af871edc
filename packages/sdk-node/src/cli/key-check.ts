import { MemlaneError, type ResponseHead } from "@memlane/core";
import type { MemoryClient } from "../memory-client.ts";

/** What the server lets a key do, spelled like the API. */
export interface KeyCheck {
  readonly scopes: readonly string[];
  /** Null where the server does not say. */
  readonly rate_limit: {
    readonly limit: number;
    readonly remaining: number;
    /** Until the limit is whole again, in seconds. */
    readonly reset_seconds: number;
  } | null;
}

/** Made of nothing but noughts, it is the id of no job: to do something to it changes nothing. */
const noJob = `job_${"0".repeat(32)}`;

/**
 * Finds out by two requests that change nothing: a list, and the cancelling of a job that cannot exist, which is
 * refused for want of a scope before it is looked for.
 * @throws MemlaneError when the key is refused, or the server cannot be asked
 */
export async function checkKey({ jobs }: MemoryClient): Promise<KeyCheck> {
  const response = await allowed(
    jobs
      .listPage({ limit: 1 })
      .withResponse()
      .then((answer) => answer.response),
  );
  const mayWrite = await allowed(
    jobs.cancel(noJob).then(
      () => true,
      (error: unknown) => {
        if (MemlaneError.is(error) && error.code === "job_not_found") return true;
        throw error;
      },
    ),
  );
  return {
    scopes: [
      ...(response === undefined ? [] : ["memories:read"]),
      ...(mayWrite === undefined ? [] : ["memories:write"]),
    ],
    rate_limit: response === undefined ? null : rateLimitOf(response),
  };
}

/** What a call comes to; undefined when the key lacks the scope for it. */
async function allowed<Value>(call: Promise<Value>): Promise<Value | undefined> {
  try {
    return await call;
  } catch (error) {
    if (MemlaneError.is(error) && error.code === "forbidden") return undefined;
    throw error;
  }
}

function rateLimitOf({ header }: ResponseHead): KeyCheck["rate_limit"] {
  const [limit, remaining, reset_seconds] = ["limit", "remaining", "reset"].map((name) => {
    const value = header(`ratelimit-${name}`);
    return value === null || !/^\d+$/.test(value) ? undefined : Number(value);
  });
  if (limit === undefined || remaining === undefined || reset_seconds === undefined) return null;
  return { limit, remaining, reset_seconds };
}
