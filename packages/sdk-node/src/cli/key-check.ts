import { MemlaneError, type ResponseHead } from "@memlane/core";
import type { MemoryClient } from "../memory-client.ts";

/** What the server allows a key to do, with names in snake case like those of the API. */
export interface KeyCheck {
  readonly scopes: readonly string[];
  /** Null if the server does not report it. */
  readonly rate_limit: {
    readonly limit: number;
    readonly remaining: number;
    /** Until the limit is reset, in seconds. */
    readonly reset_seconds: number;
  } | null;
}

/** No job has this id, so an action on it changes nothing. */
const noJob = `job_${"0".repeat(32)}`;

/**
 * Checks a key with two requests that change nothing: a list, and the cancellation of a job that
 * does not exist. A missing scope is refused before the job is looked up.
 * @throws MemlaneError if the key is refused, or the server cannot be reached
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

/** The result of a call; undefined if the key lacks its scope. */
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
