import { MemlaneError } from "@memlane/core";
import { parseJson, type ReadJob } from "@memlane/core/internal";
import type { JobDialect } from "./job-dialects.ts";
import { retryAfterMsOf } from "./retry-after.ts";
import { textOf, type Send } from "./send.ts";
import { within } from "./within.ts";

/** Reads one job with a request for each reading; long-polls a server that supports it. */
export function createReadJob<Job extends { readonly status: string }>(
  send: Send,
  { path, statuses, parse }: JobDialect<Job>,
  id: string,
  signal: AbortSignal,
): ReadJob<Job> {
  return ({ timeoutMs, tag, waitSeconds }) =>
    within(timeoutMs, signal, async (limit) => {
      const headers = {
        prefer: `wait=${waitSeconds}`,
        ...(tag && { "if-none-match": tag }),
      };
      const response = await send(`${path}/${encodeURIComponent(id)}`, headers, limit);
      const header = (name: string) => response.headers.get(name);
      const job = response.status === 304 ? undefined : parseJob(parse, response, await textOf(response));
      return {
        job,
        state: job && statuses.nameOf(job.status),
        retryAfterMs: retryAfterMsOf(response.headers),
        tag: header("etag") ?? undefined,
        canWait: header("preference-applied") !== null,
      };
    });
}

function parseJob<Job>(parse: (json: unknown) => Job, { status, headers }: Response, body: string): Job {
  try {
    return parse(parseJson(body));
  } catch (cause) {
    const requestId = headers.get("x-request-id") ?? undefined;
    const message = "the answer is not a job";
    throw new MemlaneError({ code: "unreadable_response", message, status, requestId, cause });
  }
}
