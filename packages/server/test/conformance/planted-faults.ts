// Faults of a server, one in each area, and the requirements that each breaks.
import type { Fault, RecordedAnswer } from "./recording.ts";

interface PlantedFault {
  readonly title: string;
  readonly fault: Fault;
  /** The ids of the checks that fail because of it. */
  readonly red: readonly string[];
}

type Body = RecordedAnswer["body"];

/** Changes the answers with this status of the routes that match. A change may leave an answer as it is. */
const at =
  (
    route: RegExp,
    status: number,
    change: (answer: RecordedAnswer) => Partial<RecordedAnswer> | undefined,
  ): Fault =>
  (name, answer) =>
    route.test(name) && answer.status === status ? change(answer) : undefined;

/** Changes fields of the body. */
const fields =
  (change: (body: Body) => object | false | undefined) =>
  ({ body }: RecordedAnswer) => {
    const changed = change(body);
    return changed ? { body: { ...body, ...changed } } : undefined;
  };

const header = (name: string, value: string) => (answer: RecordedAnswer) => ({
  headers: { ...answer.headers, [name]: value },
});

const refusalOfIngest = { error: { code: "unauthorized", message: "no", type: "t", request_id: "r" } };
const reversed = (name: string) =>
  fields((body) => body[name]?.length > 1 && { [name]: body[name].toReversed() });

export const plantedFaults: readonly PlantedFault[] = [
  {
    title: "dialect.choice: a sign of batch is answered in the form of ingest",
    fault: at(/^GET \/v1\/memories\?offset=5$/, 401, () => ({ body: refusalOfIngest })),
    red: ["dialect.choice.batch-signs"],
  },
  {
    title: "dialect.mcp: a memory that was added is called saved",
    fault: (route, { body }) =>
      route === "POST /agent/mcp" && JSON.stringify(body).includes("Stored mem_")
        ? { body: JSON.parse(JSON.stringify(body).replace("Stored mem_", "Saved mem_")) }
        : undefined,
    red: ["dialect.mcp.add", "dialect.mcp.facts"],
  },
  {
    title: "dialect.store: a memory of batch is no memory in ingest",
    fault: at(
      /^GET \/v1\/memories\/mem_/,
      200,
      fields(({ object }) => object && { object: "fact" }),
    ),
    red: ["dialect.store.batch-in-ingest"],
  },
  {
    title: "ingest.artifacts: a list has no whole texts",
    fault: at(
      /include=full_content$/,
      200,
      fields(({ data }) => ({ data: data.map((row: Body) => ({ ...row, details: {} })) })),
    ),
    red: ["ingest.artifacts.list-with"],
  },
  {
    title: "ingest.auth: RateLimit-Reset is missing",
    fault: at(/^GET \/v1\/memories\?order=created_at_desc$/, 200, header("ratelimit-reset", "")),
    red: ["ingest.auth.rate-limit"],
  },
  {
    title: "ingest.errors: detail has another message than error",
    fault: at(
      /^GET \/v1\/memories\/jobs\//,
      404,
      fields(({ detail }) => ({ detail: { ...detail, message: "other" } })),
    ),
    red: ["ingest.errors.form"],
  },
  {
    title: "ingest.groups: the list has a cursor",
    fault: at(
      /^GET \/v1\/groups$/,
      200,
      fields(() => ({ next_cursor: null })),
    ),
    red: ["ingest.groups.list"],
  },
  {
    title: "ingest.jobs: a superseded fact is not reported",
    fault: at(
      /^GET \/v1\/memories\/jobs\//,
      200,
      fields(({ result }) => result && { result: { ...result, memories_superseded_by: {} } }),
    ),
    red: ["ingest.jobs.superseded", "ingest.memories.superseded"],
  },
  {
    title: "ingest.lists: has_more is always false",
    fault: at(
      /^GET \/v1\/memories\?.*limit=2/,
      200,
      fields(({ object }) => object && { has_more: false }),
    ),
    red: ["ingest.lists.pages"],
  },
  {
    title: "ingest.memories: deleting answers 200",
    fault: at(/^DELETE \/v1\/memories\//, 204, () => ({ status: 200 })),
    red: ["dialect.store.deleted", "ingest.memories.delete", "ingest.revisions.deleted"],
  },
  {
    title: "ingest.requests: an empty list of messages is 422",
    fault: at(/^POST \/v1\/memories$/, 400, () => ({ status: 422 })),
    red: ["ingest.requests.no-messages"],
  },
  {
    title: "ingest.revisions: the newest comes first",
    fault: at(/\/revisions$/, 200, reversed("data")),
    red: ["ingest.revisions.order"],
  },
  {
    title: "ingest.search: a context although rows were asked for",
    fault: at(
      /^POST \/v1\/memories\/search$/,
      200,
      fields(({ mode }) => mode === "retrieve" && { context: "" }),
    ),
    red: ["ingest.search.older-modes", "ingest.search.retrieve"],
  },
  {
    title: "ingest.tagging: an archived group is not reported as ignored",
    fault: at(
      /^GET \/v1\/memories\/jobs\//,
      200,
      fields(({ result }) => result && { result: { ...result, ignored_group_ids: [] } }),
    ),
    red: ["ingest.requests.unknown-groups", "ingest.tagging.archived", "ingest.tagging.malformed"],
  },
  {
    title: "ingest.tags: a memory that was tagged is answered without its groups",
    fault: at(
      /^PATCH \/v1\/memories\//,
      200,
      fields(({ group_ids }) => group_ids && { group_ids: [] }),
    ),
    red: ["ingest.tags.add"],
  },
  {
    title: "ingest.trigger: a lesson is answered without what matched",
    fault: at(
      /^POST \/v1\/memories\/trigger$/,
      200,
      fields(({ data }) => ({
        data: data.map((row: Body) => ({ ...row, details: { ...row.details, matched_on: [] } })),
      })),
    ),
    red: ["ingest.trigger.action"],
  },
  {
    title: "ingest.usage: messages are counted twice",
    fault: at(
      /^GET \/v1\/usage$/,
      200,
      fields(({ operations }) => ({
        operations: { ...operations, messages_ingested: 2 * operations.messages_ingested },
      })),
    ),
    red: ["ingest.usage.messages"],
  },
  {
    title: "ingest.webhooks: GET shows the secret",
    fault: at(
      /^GET \/v1\/webhooks$/,
      200,
      fields(() => ({ secret: "whsec_0123456789abcdef" })),
    ),
    red: ["ingest.webhooks.masked"],
  },
  {
    title: "batch.account: a call without self-service answers in the form of ingest",
    fault: (route) => (route === "POST /v1/agents/init" ? { body: refusalOfIngest } : undefined),
    red: ["batch.account.disabled"],
  },
  {
    title: "batch.audit: the total counts only the page",
    fault: at(
      /^GET \/v1\/audit\?/,
      200,
      fields(({ events }) => ({ total: events.length })),
    ),
    red: ["batch.audit.newest"],
  },
  {
    title: "batch.auth: the missing scope is not named",
    fault: at(
      /^POST \/v1\/memories$/,
      403,
      fields(({ code }) => code === "forbidden" && { message: "no" }),
    ),
    red: ["batch.auth.no-write-scope"],
  },
  {
    title: "batch.changes: a deleted memory is called deleted",
    fault: at(
      /^DELETE \/v1\/memories\//,
      200,
      fields(({ status }) => status && { status: "deleted" }),
    ),
    red: ["batch.audit.delete-fact", "batch.changes.delete"],
  },
  {
    title: "batch.context: the hash is of something else",
    fault: at(
      /^GET \/v1\/context\?/,
      200,
      fields(() => ({ stable_hash: "0".repeat(64) })),
    ),
    red: ["batch.context.hash"],
  },
  {
    title: "batch.directory: the least recently active user comes first",
    fault: at(/^GET \/v1\/users\?agent_id=[^&]+$/, 200, reversed("users")),
    red: ["batch.directory.recent-first"],
  },
  {
    title: "batch.erase: erasing is not permanent",
    fault: at(
      /^DELETE \/v1\/users\//,
      200,
      fields(() => ({ erasure: "soft" })),
    ),
    red: ["batch.erase.unknown-user", "batch.erase.user"],
  },
  {
    title: "batch.errors: an unknown path has a code of its own",
    fault: at(
      /^GET \/v1\/ping\/more$/,
      404,
      fields(() => ({ code: "no_route" })),
    ),
    red: ["batch.errors.unknown-path"],
  },
  {
    title: "batch.events: the oldest comes first",
    fault: at(/^GET \/v1\/events\?/, 200, reversed("events")),
    red: ["batch.events.newest"],
  },
  {
    title: "batch.facts: a confirmed fact is not counted",
    fault: at(
      /^PATCH \/v1\/facts\//,
      200,
      fields(({ invalidated }) => invalidated.length === 0 && { observation_count: 1 }),
    ),
    red: ["batch.facts.patch.confirms"],
  },
  {
    title: "batch.imports: the index of an item counts from 1",
    fault: at(
      /^GET \/v1\/batch\//,
      200,
      fields(({ errors }) => ({
        errors: errors.map((error: Body) => ({ ...error, index: error.index + 1 })),
      })),
    ),
    red: ["batch.imports.empty-item", "batch.imports.long-id"],
  },
  {
    title: "batch.limits: a full month asks to wait for days",
    fault: at(/^POST \/v1\/memories$/, 429, header("retry-after", "2600000")),
    red: ["batch.limits.quota-no-wait"],
  },
  {
    title: "batch.memories: a list is ordered by age",
    fault: at(/^GET \/v1\/memories\?user_id=[^&]+$/, 200, reversed("memories")),
    red: ["batch.memories.list", "batch.memories.pages"],
  },
  {
    title: "batch.ping: a scope that the key lacks",
    fault: at(
      /^GET \/v1\/ping$/,
      200,
      fields(({ scopes }) => scopes.length === 1 && { scopes: ["memories:read", "memories:write"] }),
    ),
    red: ["batch.ping.scopes"],
  },
  {
    title: "batch.profile: the profile is cut",
    fault: at(
      /^GET \/v1\/profile\?/,
      200,
      fields(({ total }) => total === 0 && { truncated: true }),
    ),
    red: ["batch.profile.active", "batch.profile.unknown"],
  },
  {
    title: "batch.search: the best result comes last",
    fault: at(/^POST \/v1\/memories\/search$/, 200, reversed("results")),
    red: ["batch.search.best-first"],
  },
  {
    title: "batch.writes: metadata has a key that was not sent",
    fault: at(
      /^POST \/v1\/memories$/,
      201,
      fields(({ metadata }) => ({ metadata: { ...metadata, extra: true } })),
    ),
    red: ["batch.writes.defaults"],
  },
  {
    title: "dialect.store: a change of groups is recorded without its target",
    fault: at(
      /^GET \/v1\/audit\?user_id=[^&]+$/,
      200,
      fields(({ events }) => ({ events: events.map((event: Body) => ({ ...event, target_id: null })) })),
    ),
    red: ["batch.audit.delete", "dialect.store.audit"],
  },
  {
    title: "ingest.search: a filter with an operator finds nothing",
    fault: at(
      /^POST \/v1\/memories\/search$/,
      200,
      fields(({ data }) => data?.some(({ text }: Body) => text.includes("Quartz")) && { data: [] }),
    ),
    red: ["ingest.search.filter-operator"],
  },
  {
    title: "ingest.usage: only the word true asks for days",
    fault: at(
      /daily=(?:1|True|yes|on)$/,
      200,
      fields(() => ({ daily: null })),
    ),
    red: ["ingest.usage.flag"],
  },
  {
    title: "ingest.tags: a malformed group is an invalid request",
    fault: at(
      /^PATCH \/v1\/memories\//,
      422,
      fields(
        ({ error }) =>
          error?.code === "invalid_group_ids" && {
            error: { ...error, code: "invalid_request" },
            detail: { code: "invalid_request", message: error.message },
          },
      ),
    ),
    red: ["ingest.tags.invalid", "ingest.tags.malformed"],
  },
  {
    title: "ingest.tagging: a list of a malformed group is refused",
    fault: at(/group_id=nonsense$/, 200, () => ({ status: 422 })),
    red: ["ingest.tagging.malformed"],
  },
  {
    title: "batch.audit: mined facts are recorded without their user",
    fault: at(
      /^GET \/v1\/audit\?/,
      200,
      fields(({ events }) => ({
        events: events.filter(({ actor }: Body) => actor !== "worker"),
      })),
    ),
    red: ["batch.audit.mined"],
  },
  {
    title: "batch.audit: a contradicted fact is not recorded",
    fault: at(
      /action=fact_invalidate$/,
      200,
      fields(() => ({ events: [] })),
    ),
    red: ["batch.audit.contradicted", "batch.audit.delete-fact", "batch.audit.fact-write"],
  },
  {
    title: "batch.facts: a fact with an end to come is not listed",
    fault: at(
      /^GET \/v1\/facts\?user_id=[^&]+$/,
      200,
      fields(({ facts }) => ({
        facts: facts.filter(({ invalid_at }: Body) => invalid_at === null),
      })),
    ),
    red: ["batch.facts.forget.later"],
  },
  {
    title: "batch.facts: the type of a subject is unknown",
    fault: at(
      /^POST \/v1\/facts$/,
      201,
      fields(() => ({ subject_type: "unknown" })),
    ),
    red: ["batch.facts.post.fields", "batch.facts.post.subject-type"],
  },
  {
    title: "batch.facts: only the word true asks for history",
    fault: at(
      /include_invalidated=(?:1|True|yes|on)$/,
      200,
      fields(() => ({ facts: [] })),
    ),
    red: ["batch.facts.list.flag"],
  },
  {
    title: "batch.writes: an empty id is kept",
    fault: at(
      /^POST \/v1\/memories$/,
      201,
      fields(({ user_id }) => user_id === null && { user_id: "" }),
    ),
    red: ["batch.writes.defaults", "batch.writes.empty-ids"],
  },
];
