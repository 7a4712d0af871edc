import { MemlaneError } from "@memlane/core";
import type { Caller } from "./caller.ts";
import type { ServiceContext } from "./service-context.ts";

/**
 * Counts a request of a caller against its organisation's limit per minute.
 * @throws MemlaneError `rate_limit_exceeded`
 */
export async function countAgainstLimit(
  { limitsOf, countRequest }: Pick<ServiceContext, "limitsOf" | "countRequest">,
  { key, account }: Caller,
  setHeader: (name: string, value: string) => void,
): Promise<void> {
  const { requestsPerMinute } = await limitsOf(key.orgId);
  if (requestsPerMinute === null) return;
  const { isOver, resetMs, headers } = await countRequest(account, requestsPerMinute);
  for (const [name, value] of Object.entries(headers)) setHeader(name, value); // also if the request fails later
  if (!isOver) return;
  const message = `this key may make ${requestsPerMinute} requests a minute`;
  throw new MemlaneError({ code: "rate_limit_exceeded", message, retryAfterMs: resetMs });
}
