import { batchError } from "../batch/documents.ts";
import type { Answer } from "../call.ts";
import { check, type Site } from "../check.ts";
import { expectAnswer } from "../expect.ts";
import { ingestError } from "../ingest/documents.ts";

interface Sign {
  readonly route: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
}

// The key is wrong, so that each request is refused. The form of the refusal shows the dialect.
const bearer = { authorization: "Bearer not-a-key" };
const isIngest = (answer: Answer) => expectAnswer(answer, 401, ingestError("unauthorized"));
const isBatch = (answer: Answer) => expectAnswer(answer, 401, batchError("invalid_key"));

const expectEach = async (
  { bare }: Site,
  expectation: (answer: Answer) => unknown,
  signs: readonly Sign[],
) => {
  for (const { route, headers, body } of signs)
    expectation(await bare(route, body, { ...bearer, ...headers }));
};
const id = "00000000000000000000000000000000";

export const choiceChecks = [
  check(
    "dialect.choice.batch-paths",
    "A path that only batch has is answered in the form of batch, with any headers.",
    (site) =>
      expectEach(
        site,
        isBatch,
        [
          `/v1/batch/job_${id}`,
          "/v1/events",
          "/v1/facts",
          "/v1/profile?user_id=ann",
          "/v1/context?query=tea",
          "/v1/users",
          "/v1/agents",
          "/v1/ping",
          "/v1/audit",
          `/v1/memories/mem_${id}/history`,
        ].flatMap((path) => [
          { route: `GET ${path}` },
          { route: `GET ${path}`, headers: { "x-org-id": "acme", "x-xtrace-client": "memory-sdk-ts/0.5.0" } },
        ]),
      ),
  ),
  check(
    "dialect.choice.ingest-paths",
    "A path that only ingest has is answered in the form of ingest, with any headers.",
    async (site) => {
      const paths = [
        `/v1/memories/jobs/job_${id}`,
        `/v1/memories/mem_${id}/revisions`,
        "/v1/groups",
        `/v1/groups/grp_${id}`,
        "/v1/webhooks",
        "/v1/usage",
      ];
      await expectEach(
        site,
        isIngest,
        paths.flatMap((path) => [
          { route: `GET ${path}` },
          { route: `GET ${path}`, headers: { "x-korely-client": "korely-js/0.1.12" } },
        ]),
      );
      await expectEach(site, isIngest, [
        { route: "POST /v1/memories/trigger", body: { entities: ["a"], user_id: "ann" } },
      ]);
    },
  ),
  check(
    "dialect.choice.default",
    "On a path that both dialects have, a request with a bearer key and no sign of a dialect is batch.",
    (site) =>
      expectEach(site, isBatch, [
        { route: "GET /v1/memories" },
        { route: "GET /v1/memories?user_id=ann&limit=5" },
        { route: `GET /v1/memories/mem_${id}` },
        { route: "POST /v1/memories/search", body: { query: "tea", user_id: "ann" } },
      ]),
  ),
  check(
    "dialect.choice.ingest-headers",
    "`X-Org-Id`, `x-api-key`, `Authorization: Token` and `X-Xtrace-Client` are signs of ingest.",
    (site) =>
      expectEach(
        site,
        isIngest,
        [
          { "x-org-id": "acme" },
          { "x-api-key": "not-a-key" },
          { authorization: "Token not-a-key" },
          { "x-xtrace-client": "memory-sdk-ts/0.5.0" },
        ].flatMap((headers) => [
          { route: "GET /v1/memories", headers },
          { route: `GET /v1/memories/${id}`, headers },
          { route: "POST /v1/memories/search", headers, body: { query: "tea", user_id: "ann" } },
        ]),
      ),
  ),
  check(
    "dialect.choice.ingest-queries",
    "In a query `order`, `cursor`, `type`, `include`, `conv_id`, `app_id` and `group_id` are signs of ingest.",
    (site) =>
      expectEach(
        site,
        isIngest,
        [
          "order=created_at_asc",
          "cursor=x",
          "type=fact",
          "include=full_content",
          "conv_id=c",
          "app_id=a",
          `group_id=grp_${id}`,
        ].map((query) => ({ route: `GET /v1/memories?${query}` })),
      ),
  ),
  check(
    "dialect.choice.ingest-bodies",
    "In a body `messages`, `mode`, `include`, `group_ids`, `app_id`, `filters` and the lists of group ids are signs of ingest.",
    async (site) => {
      const conversation = { messages: [{ role: "user", content: "Hi!" }], user_id: "ann", conv_id: "c" };
      await expectEach(site, isIngest, [{ route: "POST /v1/memories", body: conversation }]);
      const keys = {
        mode: "retrieve",
        include: ["fact"],
        group_ids: [`grp_${id}`],
        app_id: "a",
        filters: { user_id: "ann" },
      };
      const searches = Object.entries(keys).map(([key, value]) => ({
        query: "tea",
        user_id: "ann",
        [key]: value,
      }));
      await expectEach(
        site,
        isIngest,
        searches.map((body) => ({ route: "POST /v1/memories/search", body })),
      );
      const changes = [{ add_group_ids: [`grp_${id}`] }, { remove_group_ids: [`grp_${id}`] }];
      await expectEach(
        site,
        isIngest,
        changes.map((body) => ({ route: `PATCH /v1/memories/${id}`, body })),
      );
    },
  ),
  check(
    "dialect.choice.batch-signs",
    "`X-Korely-Client`, the Python client's `User-Agent`, `content`, `metadata`, `run_id` and `offset` are signs of batch.",
    (site) =>
      expectEach(site, isBatch, [
        { route: "GET /v1/memories", headers: { "x-korely-client": "korely-js/0.1.12" } },
        { route: "GET /v1/memories", headers: { "user-agent": "korely-memory-python/0.1.17" } },
        { route: "GET /v1/memories?offset=5" },
        { route: "POST /v1/memories", body: { content: "Likes tea.", user_id: "ann" } },
        { route: "POST /v1/memories/search", body: { query: "tea", metadata: { a: 1 } } },
        { route: "POST /v1/memories/search", body: { query: "tea", run_id: "one" } },
        { route: `PATCH /v1/memories/mem_${id}`, body: { content: "Likes tea." } },
      ]),
  ),
  check(
    "dialect.choice.unreadable",
    "An unreadable body is refused in the form that the headers show.",
    async ({ ingest, batch }) => {
      const heard = await ingest("POST /v1/memories", "{");
      expectAnswer(heard, heard.status === 400 ? 400 : 422, {
        error: { code: "invalid_request" },
        detail: { code: "invalid_request" },
      });
      const written = await batch("POST /v1/memories", "{");
      expectAnswer(written, written.status === 400 ? 400 : 422, batchError("invalid_request"));
    },
  ),
];
