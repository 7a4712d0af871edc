import type { Answer } from "./call.ts";
import { CheckSkipped } from "./check-failure.ts";
import { expectHeader } from "./expect.ts";

const names = ["ratelimit-limit", "ratelimit-remaining", "ratelimit-reset"];

/** Expects the headers of a rate limit. Without any, it skips the check, because the server may set no limit; a 429 must have them. */
export function expectRateLimit(answer: Answer): void {
  if (answer.status !== 429 && names.every((name) => answer.header(name) === null))
    throw new CheckSkipped("not run, because the server sets no limit for this key");
  for (const name of names) expectHeader(answer, name, /^\d+$/);
}
