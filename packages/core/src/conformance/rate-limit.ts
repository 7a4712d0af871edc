import type { Answer } from "./call.ts";
import { CheckSkipped } from "./check-failure.ts";
import { expectHeader } from "./expect.ts";

const names = ["ratelimit-limit", "ratelimit-remaining", "ratelimit-reset"];

/**
 * Expects the headers of a rate limit. If an answer other than a 429 has none, the check is skipped: the server may set
 * no limit.
 */
export function expectRateLimit(answer: Answer): void {
  if (answer.status !== 429 && names.every((name) => answer.header(name) === null))
    throw new CheckSkipped("not run, because the server sets no limit for this key");
  for (const name of names) expectHeader(answer, name, /^\d+$/);
}
