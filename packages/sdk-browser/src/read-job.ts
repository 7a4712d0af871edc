import { MemlaneError } from "@memlane/core";
import { parseJson, type ReadJob } from "@memlane/core/internal";
import type { JobDialect } from "./job-dialect.ts";
import { retryAfterMsOf } from "./retry-after.ts";
import { textOf, type Send } from "./send.ts";
import { within } from "./within.ts";

/** Reads one job with a request for each reading; long-polls a server that supports it. */
export function createReadJob<Job extends { readonly status: string }>(
  send: Send,
  { path, statuses, readJob }: JobDialect<Job>,
  id: string,
  signal: AbortSignal,
): ReadJob<Job> {
  return ({ timeoutMs, tag, waitSeconds }) =>
    within(timeoutMs, signal, async (limit) => {
      const condition = { prefer: `wait=${waitSeconds}`, ...(tag && { "if-none-match": tag }) };
      const response = await send(`${path}/${encodeURIComponent(id)}`, condition, limit);
      const { status, headers } = response;
      const header = (name: string) => headers.get(name) ?? undefined;
      const body = await textOf(response);
      let job: Job | undefined;
      try {
        if (status !== 304) job = readJob(parseJson(body));
      } catch (cause) {
        const message = "the answer is not a job";
        const requestId = header("x-request-id");
        throw new MemlaneError({ code: "unreadable_response", message, status, requestId, cause });
      }
      return {
        job,
        state: job && statuses.nameOf(job.status),
        retryAfterMs: retryAfterMsOf(headers),
        tag: header("etag"),
        canWait: header("preference-applied") !== undefined,
      };
    });
}
