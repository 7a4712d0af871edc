// How long a caller lets its answer be held: `?wait=N`, `?wait=true`, or `Prefer: wait=N` (RFC 7240).
import * as z from "zod/mini";

/** The longest that an answer is held, in seconds. */
const longestHoldSeconds = 30;

/** The query of a route whose answer can be held. */
export const holdQuery = z.object({
  wait: z.optional(
    z.string().check(
      z.regex(/^(?:true|false|\d{1,6})$/i, "must be true, false or a number of seconds"),
      z.meta({
        description: `Holds the answer until the job ends: seconds, or \`true\` for ${longestHoldSeconds}, the most there is.`,
      }),
    ),
  ),
});

/** What a caller allows. */
export interface Hold {
  /** 0 for an answer at once. */
  readonly seconds: number;
  /** What to say of a preference that was honoured. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Whether a request may ask for a long-poll. */
export function asksToHold(query: Readonly<Record<string, string>>, headers: Headers): boolean {
  return query["wait"] !== undefined || headers.has("prefer");
}

/** Reads how long an answer may be held; the query goes before the preference. */
export function readHold(query: z.output<typeof holdQuery>, headers: Headers): Hold {
  if (query.wait !== undefined) return { seconds: secondsOf(query.wait.toLowerCase()), headers: {} };
  const preferred = /(?:^|[,;\s])wait\s*=\s*"?(\d{1,6})/i.exec(headers.get("prefer") ?? "")?.[1];
  if (preferred === undefined) return { seconds: 0, headers: {} };
  const seconds = secondsOf(preferred);
  return { seconds, headers: { "preference-applied": `wait=${seconds}` } };
}

function secondsOf(wait: string): number {
  if (wait === "true") return longestHoldSeconds;
  return wait === "false" ? 0 : Math.min(Number(wait), longestHoldSeconds);
}
