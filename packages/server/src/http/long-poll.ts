// Long-polls: how long an answer waits for the end of a job. `?wait=N`, `?wait=true`, or `Prefer:
// wait=N` (RFC 7240).
import { noWords, yesWords } from "@memlane/core/internal";
import * as z from "zod/mini";

/** The longest that an answer waits, in seconds. */
const longestWaitSeconds = 30;
const waitWord = new RegExp(`^(?:${[...yesWords, ...noWords].join("|")}|\\d{1,6})$`, "i");

/** The query parameters of a route with long-polls. */
export const longPollQuery = z.object({
  wait: z.optional(
    z.string().check(
      z.regex(waitWord, "must be true, false or a number of seconds"),
      z.meta({
        description: `Waits with the answer until the job ends: the number of seconds, or \`true\` for ${longestWaitSeconds}, which is the maximum.`,
      }),
    ),
  ),
});

/** How long an answer may wait for the end of a job. */
export interface AnswerWait {
  /** 0 for an answer at once. */
  readonly seconds: number;
  /** Headers that confirm a `Prefer` header that was applied. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Whether a request is possibly a long-poll: it has `wait` or a `Prefer` header. */
export function isPossiblyLongPoll(query: Readonly<Record<string, string>>, headers: Headers): boolean {
  return query["wait"] !== undefined || headers.has("prefer");
}

/** Reads how long an answer may wait. The query takes precedence over the `Prefer` header. */
export function readAnswerWait(query: z.output<typeof longPollQuery>, headers: Headers): AnswerWait {
  if (query.wait !== undefined) return { seconds: secondsOf(query.wait.toLowerCase()), headers: {} };
  const preferred = /(?:^|[,;\s])wait\s*=\s*"?(\d{1,6})/i.exec(headers.get("prefer") ?? "")?.[1];
  if (preferred === undefined) return { seconds: 0, headers: {} };
  const seconds = secondsOf(preferred);
  return { seconds, headers: { "preference-applied": `wait=${seconds}` } };
}

function secondsOf(wait: string): number {
  // A number is seconds, so `wait=1` is one second.
  if (/^\d/.test(wait)) return Math.min(Number(wait), longestWaitSeconds);
  return yesWords.includes(wait) ? longestWaitSeconds : 0;
}
