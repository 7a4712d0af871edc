import { MemlaneError } from "@memlane/core";
import type { ServiceContext } from "./service-context.ts";

/**
 * Counts a request against its organisation's limit per minute. The `account` is a key, or all job tokens of a key.
 * @throws MemlaneError `rate_limit_exceeded`
 */
export async function countAgainstLimit(
  { limitsOf, countRequest }: Pick<ServiceContext, "limitsOf" | "countRequest">,
  { orgId, account }: { readonly orgId: string; readonly account: string },
  setHeader: (name: string, value: string) => void,
): Promise<void> {
  const { requestsPerMinute } = await limitsOf(orgId);
  if (requestsPerMinute === null) return;
  const { isOver, resetMs, headers } = await countRequest(account, requestsPerMinute);
  for (const [name, value] of Object.entries(headers)) setHeader(name, value); // also if the request fails later
  if (!isOver) return;
  const message = `this key may make ${requestsPerMinute} requests a minute`;
  throw new MemlaneError({ code: "rate_limit_exceeded", message, retryAfterMs: resetMs });
}
