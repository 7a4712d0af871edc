import { check } from "../check.ts";
import { expectAnswer, expectStatus, expectThat } from "../expect.ts";
import { containing } from "../pattern.ts";
import { callWithKey, need } from "../prepare.ts";
import { expectRateLimit } from "../rate-limit.ts";
import { batchError } from "./documents.ts";

const invalidFields: readonly (readonly [route: string, field: string])[] = [
  ["GET /v1/memories?limit=0", "limit"],
  ["GET /v1/memories?limit=201&offset=0", "limit"],
  ["GET /v1/memories?offset=-1", "offset"],
  ["GET /v1/events?limit=201", "limit"],
  ["GET /v1/events?status=done", "status"],
  ["GET /v1/facts?limit=0", "limit"],
  ["GET /v1/facts?limit=201", "limit"],
  ["GET /v1/facts?as_of=yesterday", "as_of"],
  ["GET /v1/profile", "user_id"],
  ["GET /v1/context", "query"],
  ["GET /v1/context?query=tea&token_budget=49", "token_budget"],
  ["GET /v1/context?query=tea&token_budget=8001", "token_budget"],
  ["GET /v1/audit?limit=1001", "limit"],
];

export const errorChecks = [
  check(
    "batch.errors.form",
    "The body of a refusal has `code` and `message` at its root.",
    async ({ batch }) => {
      const unknown = "GET /v1/batch/job_00000000000000000000000000000000";
      expectAnswer(await batch(unknown), 404, batchError("not_found"));
    },
  ),
  check(
    "batch.errors.fields",
    "A wrong query is 422 `invalid_request`, and the message names the field.",
    async (site) => {
      for (const [route, field] of invalidFields) {
        expectAnswer(await site.batch(route), 422, batchError("invalid_request", containing(field)));
      }
    },
  ),
  check(
    "batch.errors.unreadable",
    "A body that is not a JSON object is refused with 400 or 422.",
    async ({ batch }) => {
      for (const route of ["POST /v1/batch", "POST /v1/facts"]) {
        for (const body of ["{", "", "nothing", "[]", '"text"', "null"]) {
          const answer = await batch(route, body);
          expectStatus(answer, 400, 422);
          expectAnswer(answer, answer.status, batchError("invalid_request"));
        }
      }
    },
  ),
  check(
    "batch.errors.unknown-path",
    "A path that does not exist below a path of the batch dialect is 404 `not_found`.",
    async ({ batch }) => {
      for (const route of ["GET /v1/facts/x/y/z", "GET /v1/ping/more"]) {
        expectAnswer(await batch(route), 404, batchError("not_found"));
      }
    },
  ),
  check(
    "batch.errors.method",
    "A method that a path does not have is 405 `method_not_allowed`.",
    async ({ batch }) => {
      for (const route of ["PUT /v1/facts", "POST /v1/ping", "PUT /v1/batch"]) {
        expectAnswer(await batch(route, {}), 405, batchError("method_not_allowed"));
      }
    },
  ),
  check(
    "batch.errors.rate",
    "Too many requests are 429 `rate_limit_exceeded` with `Retry-After`.",
    async (site) => {
      const limited = callWithKey(site, need(site.target.limitedKey, "a key with few requests a minute"), {
        repeats: false,
      });
      const answer = await site.until("a refusal", async () => {
        const next = await limited("GET /v1/memories");
        return next.status === 200 ? undefined : next;
      });
      expectAnswer(answer, 429, batchError("rate_limit_exceeded"));
      expectRateLimit(answer);
      const seconds = Number(answer.header("retry-after"));
      expectThat(
        seconds > 0 && seconds <= 86_400,
        "Retry-After of at most a day",
        answer.header("retry-after"),
      );
    },
  ),
];
