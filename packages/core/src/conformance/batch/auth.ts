import { check } from "../check.ts";
import { expectAnswer, expectStatus } from "../expect.ts";
import { containing } from "../pattern.ts";
import { callWithKey, need } from "../prepare.ts";
import { expectRateLimit } from "../rate-limit.ts";
import { batchError } from "./documents.ts";

/** One call of each resource of the batch dialect. */
const protectedRoutes = [
  "GET /v1/batch/job_00000000000000000000000000000000",
  "GET /v1/memories",
  "GET /v1/memories/mem_00000000000000000000000000000000/history",
  "GET /v1/events",
  "GET /v1/facts",
  "GET /v1/profile?user_id=ann",
  "GET /v1/context?query=tea",
  "GET /v1/users",
  "GET /v1/agents",
  "GET /v1/audit",
  "GET /v1/ping",
];

export const authChecks = [
  check(
    "batch.auth.missing",
    "Each call without a key is refused with 401 `invalid_key`.",
    async ({ bare }) => {
      for (const route of protectedRoutes) expectAnswer(await bare(route), 401, batchError("invalid_key"));
    },
  ),
  check(
    "batch.auth.wrong",
    "Each call with a wrong key is refused with 401 `invalid_key`.",
    async ({ bare }) => {
      for (const route of protectedRoutes) {
        const answer = await bare(route, undefined, { authorization: "Bearer not-a-key" });
        expectAnswer(answer, 401, batchError("invalid_key"));
      }
    },
  ),
  check(
    "batch.auth.no-write-scope",
    "A write without `memories:write` is refused with 403 `forbidden`.",
    async (site) => {
      const read = callWithKey(site, need(site.target.readKey, "a key that only reads"));
      const forbidden = batchError(
        "forbidden",
        containing("API key missing required scope(s): memories:write"),
      );
      const writes: [string, object?][] = [
        ["POST /v1/memories", { content: "Likes tea.", user_id: site.user }],
        ["POST /v1/batch", { memories: [{ content: "Likes tea.", user_id: site.user }] }],
        ["POST /v1/facts", { subject: "User", predicate: "likes", object: "tea", user_id: site.user }],
        [`DELETE /v1/users/${site.user}/memories`],
      ];
      for (const [route, body] of writes) expectAnswer(await read(route, body), 403, forbidden);
    },
  ),
  check(
    "batch.auth.no-read-scope",
    "A read without `memories:read` is refused with 403 `forbidden`.",
    async (site) => {
      const write = callWithKey(site, need(site.target.writeKey, "a key that only writes"));
      const forbidden = batchError(
        "forbidden",
        containing("API key missing required scope(s): memories:read"),
      );
      for (const route of protectedRoutes.filter((name) => name !== "GET /v1/ping")) {
        expectAnswer(await write(route), 403, forbidden);
      }
    },
  ),
  check("batch.auth.clients", "The headers of the vendor's clients are accepted.", async ({ batch }) => {
    for (const headers of [
      { "x-korely-client": "korely-js/0.1.12" },
      { "user-agent": "korely-memory-python/0.1.17" },
    ]) {
      expectStatus(await batch("GET /v1/memories", undefined, headers), 200);
    }
  }),
  check(
    "batch.auth.rate-limit",
    "An authenticated answer has `RateLimit-Limit`, `RateLimit-Remaining` and `RateLimit-Reset`, if there is a limit.",
    async ({ batch }) => {
      for (const route of ["GET /v1/memories", "GET /v1/memories/mem_00000000000000000000000000000000"])
        expectRateLimit(await batch(route));
    },
  ),
];
