// The headers of answers: what the OpenAPI document says about them. Pages may read all of them.
import { errorTable, type ServerErrorCode } from "@memlane/core";
import { waitingCodes } from "./retry-after.ts";
import type { Route } from "./route.ts";

const seconds = { type: "integer", minimum: 0 } as const;
const text = { type: "string" } as const;

/** Each header by its name. */
export const responseHeaders = {
  "X-Request-Id": {
    description: "The id of the request in the server's log: the one that was sent, or a new one.",
    schema: text,
  },
  "Retry-After": {
    description:
      "Seconds after which the request is worth repeating. For a job, it estimates when the job ends.",
    schema: seconds,
  },
  ETag: { description: "The state of the job. `If-None-Match` with it is answered with 304.", schema: text },
  "Preference-Applied": { description: "`wait=<seconds>` if the request had `Prefer: wait`.", schema: text },
  "Idempotent-Replayed": {
    description: "`true` if an earlier request with the same `Idempotency-Key` had this result.",
    schema: text,
  },
  "RateLimit-Limit": {
    description: "The requests of the key per minute, if they are limited.",
    schema: seconds,
  },
  "RateLimit-Remaining": { description: "How many of them are left.", schema: seconds },
  "RateLimit-Reset": { description: "Seconds until all are left again.", schema: seconds },
  "X-RateLimit-Limit": { description: "The same as `RateLimit-Limit`.", schema: seconds },
  "X-RateLimit-Remaining": { description: "The same as `RateLimit-Remaining`.", schema: seconds },
  "X-RateLimit-Reset": {
    description: "The time of `RateLimit-Reset`, in seconds since the Unix epoch.",
    schema: seconds,
  },
} as const;
/** The name of a header of answers. */
export type ResponseHeader = keyof typeof responseHeaders;

const rateLimit: readonly ResponseHeader[] = [
  "RateLimit-Limit",
  "RateLimit-Remaining",
  "RateLimit-Reset",
  "X-RateLimit-Limit",
  "X-RateLimit-Remaining",
  "X-RateLimit-Reset",
];
const unauthenticated = errorTable.unauthenticated.status;

/** The headers that answers of a route with this status may have; `codes` are the errors with this status. */
export function headersOfAnswer(
  { scope, answersJob, takesIdempotencyKey }: Route,
  status: number,
  codes: readonly ServerErrorCode[] = [],
): readonly ResponseHeader[] {
  const isError = codes.length > 0;
  const isLimited = scope !== "public" && scope !== "any key" && status !== unauthenticated;
  const isJob = answersJob === true && !isError;
  return [
    "X-Request-Id",
    ...(isJob ? (["ETag", "Preference-Applied"] as const) : []),
    ...(isJob || codes.some((code) => waitingCodes.has(code)) ? (["Retry-After"] as const) : []),
    ...(takesIdempotencyKey && !isError ? (["Idempotent-Replayed"] as const) : []),
    ...(isLimited ? rateLimit : []),
  ];
}
