import { check, type Site } from "../check.ts";
import { expectAnswer, expectHeader, expectStatus, expectThat } from "../expect.ts";
import { need } from "../prepare.ts";
import { expectRateLimit } from "../rate-limit.ts";
import { ingestError, memoryPage } from "./documents.ts";

/** One call of each resource of the ingest dialect. The path or the query of each shows the dialect. */
const protectedRoutes = [
  "GET /v1/memories?order=created_at_desc",
  "GET /v1/memories/jobs/job_00000000000000000000000000000000",
  "GET /v1/memories/00000000-0000-0000-0000-000000000000/revisions",
  "GET /v1/groups",
  "GET /v1/webhooks",
  "GET /v1/usage",
];

const list = "GET /v1/memories?order=created_at_desc";
const schemes = (key: string) => [
  { "x-api-key": key },
  { authorization: `Bearer ${key}` },
  { authorization: `Token ${key}` },
];

const orgOf = (site: Site) => need(site.target.orgId, "the organisation of the key");

export const authChecks = [
  check(
    "ingest.auth.schemes",
    "The key may be in `x-api-key`, `Authorization: Bearer` or `Authorization: Token`.",
    async (site) => {
      const org = { "x-org-id": orgOf(site) };
      for (const scheme of schemes(site.target.apiKey)) {
        expectAnswer(await site.bare(list, undefined, { ...scheme, ...org }), 200, memoryPage);
      }
    },
  ),
  check(
    "ingest.auth.empty-key",
    "An empty `x-api-key` is none: the key may still be in `Authorization`.",
    async (site) => {
      const headers = { "x-api-key": "", authorization: `Bearer ${site.target.apiKey}` };
      expectAnswer(await site.bare(list, undefined, headers), 200, memoryPage);
    },
  ),
  check(
    "ingest.auth.org-optional",
    "`X-Org-Id` may be absent in each scheme, because the key names the organisation.",
    async (site) => {
      for (const scheme of schemes(site.target.apiKey)) {
        expectAnswer(await site.bare(list, undefined, scheme), 200, memoryPage);
        expectStatus(await site.bare("GET /v1/groups", undefined, scheme), 200);
      }
    },
  ),
  check(
    "ingest.auth.org-mismatch",
    "An `X-Org-Id` that is not the key's is 403 `org_mismatch` in each scheme.",
    async (site) => {
      for (const scheme of schemes(site.target.apiKey)) {
        const answer = await site.bare(list, undefined, { ...scheme, "x-org-id": "org_of_nobody" });
        expectAnswer(answer, 403, ingestError("org_mismatch"));
      }
    },
  ),
  check(
    "ingest.auth.missing",
    "Each call without a key is refused with 401 `unauthorized`.",
    async ({ bare }) => {
      for (const route of protectedRoutes) expectAnswer(await bare(route), 401, ingestError("unauthorized"));
    },
  ),
  check(
    "ingest.auth.wrong",
    "Each call with a wrong key is refused with 401 `unauthorized`.",
    async ({ bare }) => {
      for (const route of protectedRoutes) {
        for (const scheme of schemes("not-a-key")) {
          expectAnswer(await bare(route, undefined, scheme), 401, ingestError("unauthorized"));
        }
      }
    },
  ),
  check(
    "ingest.auth.write-scope",
    "A write without the scope `memories:write` is 403 `forbidden`.",
    async (site) => {
      const key = need(site.target.readKey, "a key that only reads");
      const body = {
        messages: [{ role: "user", content: "Hi!" }],
        user_id: site.user,
        conv_id: site.conversation,
      };
      expectAnswer(
        await site.ingest("POST /v1/memories", body, { "x-api-key": key }),
        403,
        ingestError("forbidden"),
      );
    },
  ),
  check(
    "ingest.auth.read-scope",
    "A read without the scope `memories:read` is 403 `forbidden`.",
    async (site) => {
      const key = need(site.target.writeKey, "a key that only writes");
      expectAnswer(await site.ingest(list, undefined, { "x-api-key": key }), 403, ingestError("forbidden"));
    },
  ),
  check(
    "ingest.auth.extra-headers",
    "`X-Service-Token` and `X-Xtrace-Client` are accepted and change nothing.",
    async ({ ingest }) => {
      const headers = { "x-service-token": "any", "x-xtrace-client": "memory-sdk-ts/0.5.0" };
      expectAnswer(await ingest(list, undefined, headers), 200, memoryPage);
    },
  ),
  check(
    "ingest.auth.request-id-echoed",
    "`X-Request-Id` is echoed, in the header and in the body of a refusal.",
    async ({ ingest }) => {
      const headers = { "x-request-id": "req_of_the_check" };
      expectHeader(await ingest(list, undefined, headers), "x-request-id", /^req_of_the_check$/);
      const refusal = await ingest(
        "GET /v1/memories/00000000-0000-0000-0000-000000000000",
        undefined,
        headers,
      );
      expectAnswer(refusal, 404, { error: { request_id: "req_of_the_check" } });
    },
  ),
  check(
    "ingest.auth.request-id-made",
    "Without `X-Request-Id` the server makes one: `req_…`, new each time.",
    async ({ ingest }) => {
      const [first, second] = [await ingest(list), await ingest(list)];
      for (const answer of [first, second]) expectHeader(answer, "x-request-id", /^req_/);
      expectThat(
        first.header("x-request-id") !== second.header("x-request-id"),
        "two ids",
        first.header("x-request-id"),
      );
    },
  ),
  check(
    "ingest.auth.rate-limit",
    "An authenticated answer has `RateLimit-Limit`, `RateLimit-Remaining` and `RateLimit-Reset`, if there is a limit.",
    async ({ ingest }) => {
      for (const route of [list, "GET /v1/memories/00000000-0000-0000-0000-000000000000"])
        expectRateLimit(await ingest(route));
    },
  ),
];
