import { createCall } from "../call.ts";
import { check } from "../check.ts";
import { expectAnswer, expectStatus, expectThat } from "../expect.ts";
import { filledText, listOf } from "../pattern.ts";
import { need } from "../prepare.ts";
import { expectRateLimit } from "../rate-limit.ts";
import { ingestError } from "./documents.ts";

const invalidFields: readonly (readonly [route: string, field: string, body?: object])[] = [
  ["GET /v1/memories?order=created_at_desc&limit=0", "limit"],
  ["GET /v1/memories?order=created_at_desc&limit=501", "limit"],
  ["GET /v1/memories?order=newest", "order"],
  ["GET /v1/memories?type=idea", "type"],
  ["POST /v1/memories/search", "query", { user_id: "ann", mode: "retrieve" }],
  ["POST /v1/groups", "name", {}],
];

export const errorChecks = [
  check(
    "ingest.errors.form",
    "The body of a refusal has the code in `error`, with `request_id`, and in `detail`.",
    async ({ ingest }) => {
      const unknown = "GET /v1/memories/jobs/job_00000000000000000000000000000000";
      const { error, detail } = expectAnswer(await ingest(unknown), 404, ingestError("job_not_found"));
      expectThat(error.message === detail.message, "the same message in both", { error, detail });
    },
  ),
  check(
    "ingest.errors.fields",
    "A wrong field is 422 `invalid_request`; `details.errors` names each field.",
    async ({ ingest }) => {
      for (const [route, field, body] of invalidFields) {
        const answer = await ingest(route, body);
        const errors = listOf({ field: filledText, message: filledText, type: filledText });
        const { error } = expectAnswer(answer, 422, {
          error: { code: "invalid_request", details: { errors } },
        });
        const named = error.details.errors.map((each) => each.field);
        expectThat(
          named.some((name) => name.includes(field)),
          `an error of ${field}`,
          named,
        );
      }
    },
  ),
  check(
    "ingest.errors.unreadable",
    "A body that is not a JSON object is refused with 400 or 422.",
    async ({ ingest }) => {
      for (const route of ["POST /v1/memories", "POST /v1/memories/search", "POST /v1/groups"]) {
        for (const body of ["{", "nothing", "[]", '"text"', "null"]) {
          const answer = await ingest(route, body);
          expectStatus(answer, 400, 422);
          expectAnswer(answer, answer.status, {
            error: { message: filledText },
            detail: { message: filledText },
          });
        }
      }
    },
  ),
  check(
    "ingest.errors.unknown-path",
    "An unknown path with the signs of ingest is 404 in the form of ingest.",
    async ({ ingest }) => {
      for (const route of ["GET /v1/groups/x/y/z", "GET /v1/usage/more"]) {
        expectAnswer(await ingest(route), 404, {
          error: { message: filledText },
          detail: { message: filledText },
        });
      }
    },
  ),
  check(
    "ingest.errors.method",
    "A method that a path does not have is 405 in the form of ingest.",
    async ({ ingest }) => {
      for (const route of ["DELETE /v1/usage", "DELETE /v1/groups"]) {
        expectAnswer(await ingest(route), 405, {
          error: { message: filledText },
          detail: { message: filledText },
        });
      }
    },
  ),
  check("ingest.errors.rate", "Too many requests are 429 with `Retry-After`.", async (site) => {
    const key = need(site.target.limitedKey, "a key with few requests a minute");
    const limited = createCall(site.runtime, site.target.baseUrl, { "x-api-key": key }, { repeats: false });
    const answer = await site.until("a refusal", async () => {
      const next = await limited("GET /v1/memories");
      return next.status === 200 ? undefined : next;
    });
    expectAnswer(answer, 429, ingestError("rate_limit_exceeded"));
    expectRateLimit(answer);
    const seconds = Number(answer.header("retry-after"));
    expectThat(
      seconds > 0 && seconds <= 86_400,
      "Retry-After of at most a day",
      answer.header("retry-after"),
    );
  }),
];
