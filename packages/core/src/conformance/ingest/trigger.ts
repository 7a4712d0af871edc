import { check, type Site } from "../check.ts";
import { expectAnswer, expectThat, expectValue } from "../expect.ts";
import { filledText, listOf, oneOf } from "../pattern.ts";
import { remember } from "../prepare.ts";
import { ingestError, lessonMemory, searchAnswer, searchResults } from "./documents.ts";
import { findMemory } from "./memories.ts";

const lesson =
  "Lesson learned: always run `make migrate` before `make deploy`, because the deployment needs the new tables.";
const procedure = "How to release:\n1. Run `make build`.\n2. Run `make publish`.\n3. Tag the commit.";

/** Lets the agent learn a lesson about `make deploy`, which no other check does. */
const learn = (site: Site, more: object = {}) => remember(site, [lesson], { agentic: true, ...more });

const trigger = async ({ ingest, user }: Site, body: object) => {
  const answer = await ingest("POST /v1/memories/trigger", { user_id: user, ...body });
  return expectAnswer(answer, 200, { ...searchResults, data: listOf(lessonMemory) });
};
const deploy = { action: { tool: "bash", args: { command: "make deploy" }, output: null } } as const;

export const triggerChecks = [
  check(
    "ingest.trigger.lesson",
    "With `agentic`, a lesson of the conversation becomes a memory with its details.",
    async (site) => {
      await learn(site);
      expectValue("lesson", await findMemory(site, "lesson"), {
        ...lessonMemory,
        type: "lesson",
        details: { ...lessonMemory.details, fact_type: "lesson" },
      });
    },
  ),
  check(
    "ingest.trigger.procedure",
    "With `agentic`, a procedure becomes a memory with its steps.",
    async (site) => {
      await remember(site, [procedure], { agentic: true });
      const found = await findMemory(site, "procedure");
      expectValue("procedure", found, {
        type: "procedure",
        details: { ...lessonMemory.details, fact_type: "procedure", steps: listOf(filledText) },
      });
    },
  ),
  check("ingest.trigger.not-agentic", "Without `agentic` there is no lesson.", async (site) => {
    await remember(site, [lesson]);
    expectAnswer(await site.ingest(`GET /v1/memories?user_id=${site.user}&type=lesson`), 200, { data: [] });
  }),
  check(
    "ingest.trigger.action",
    "`POST /v1/memories/trigger` finds the lessons about the identifiers of an action.",
    async (site) => {
      await learn(site);
      const answer = await site.ingest("POST /v1/memories/trigger", { ...deploy, user_id: site.user });
      const whole = { ...searchAnswer, data: listOf(lessonMemory) } as const;
      const { data, context, mode } = expectAnswer(answer, 200, whole);
      expectThat(mode === "compose" && context !== null && context !== "", "a context", { mode, context });
      expectThat(
        (data[0]?.details.matched_on.length ?? 0) > 0,
        "`matched_on` with the identifier that matched",
        data,
      );
    },
  ),
  check("ingest.trigger.entities", "`entities` may be sent instead of `action`.", async (site) => {
    await learn(site);
    const found = await findMemory(site, "lesson");
    const { details } = expectValue("lesson", found, lessonMemory);
    const { data } = await trigger(site, { entities: details.trigger_entities });
    expectThat(
      data.some(({ id }) => id === found.id),
      `the lesson ${found.id}`,
      data,
    );
  }),
  check(
    "ingest.trigger.retrieve",
    "With the `mode` `retrieve`, `context` is null, and so are a lesson's `because` and `confidence`.",
    async (site) => {
      await learn(site);
      const { data, context } = await trigger(site, { ...deploy, mode: "retrieve" });
      expectThat(context === null, "no context", context);
      expectThat(data.length > 0, "the lesson", data);
      expectValue("lessons", data, listOf({ details: { because: null, confidence: null } }));
    },
  ),
  check("ingest.trigger.exact", "Identifiers match exactly, never by meaning.", async (site) => {
    await learn(site);
    const { data } = await trigger(site, { entities: ["shipping-software"] });
    expectThat(data.length === 0, "no lesson", data);
  }),
  check(
    "ingest.trigger.missing",
    "A request without both `action` and `entities`, or without a scope, is 422.",
    async ({ ingest, user }) => {
      for (const body of [{ user_id: user }, deploy]) {
        expectAnswer(await ingest("POST /v1/memories/trigger", body), 422, ingestError("invalid_request"));
      }
    },
  ),
  check(
    "ingest.trigger.namespace",
    "A lesson with a `namespace` is found with that `namespace`, and not with another.",
    async (site) => {
      await learn(site, { namespace: "shop" });
      const there = await trigger(site, { ...deploy, namespace: "shop" });
      const elsewhere = await trigger(site, { ...deploy, namespace: "blog" });
      expectThat(there.data.length > 0 && elsewhere.data.length === 0, "the lesson in its namespace only", {
        there,
        elsewhere,
      });
    },
  ),
  check(
    "ingest.trigger.global",
    "A request with a `namespace` also finds lessons without one.",
    async (site) => {
      await learn(site);
      expectThat(
        (await trigger(site, { ...deploy, namespace: "blog" })).data.length > 0,
        "the global lesson",
      );
    },
  ),
  check(
    "ingest.trigger.include",
    "`include` limits the results to lessons or to procedures; another type is 422.",
    async (site) => {
      await learn(site);
      const { data } = await trigger(site, { ...deploy, include: ["procedure"] });
      expectThat(
        data.every(({ type }) => type === "procedure"),
        "no lesson",
        data,
      );
      expectAnswer(
        await site.ingest("POST /v1/memories/trigger", { ...deploy, user_id: site.user, include: ["fact"] }),
        422,
        ingestError("invalid_request"),
      );
    },
  ),
  check(
    "ingest.trigger.bounds",
    "`namespace` has at most 256 characters, `task` at most 2,000; an unknown `mode` is 422.",
    async ({ ingest, user }) => {
      for (const more of [{ namespace: "x".repeat(257) }, { task: "x".repeat(2001) }, { mode: "guess" }]) {
        const body = { ...deploy, user_id: user, ...more };
        expectAnswer(await ingest("POST /v1/memories/trigger", body), 422, ingestError("invalid_request"));
      }
    },
  ),
  check("ingest.trigger.scope", "A lesson must match every scope that is sent.", async (site) => {
    await learn(site, { agent_id: site.agent });
    expectThat(
      (await trigger(site, { ...deploy, agent_id: site.agent })).data.length > 0,
      "the lesson of the agent",
    );
    expectThat(
      (await trigger(site, { ...deploy, agent_id: `${site.agent}.2` })).data.length === 0,
      "no lesson of another agent",
    );
  }),
  check(
    "ingest.trigger.search",
    "If `include` of a search has `lesson`, lessons come first in its results, with the `score` null.",
    async (site) => {
      await learn(site);
      await remember(site, ["I deploy every Friday."]);
      const body = { query: "deploy", user_id: site.user, include: ["lesson", "fact"] };
      const { data } = expectAnswer(await site.ingest("POST /v1/memories/search", body), 200, searchResults);
      expectValue("the first result", data[0], { type: "lesson", score: null });
    },
  ),
  check(
    "ingest.trigger.refs",
    "`memories_created` of a job names only facts, artifacts and episodes, even with `agentic`.",
    async (site) => {
      const { result } = await learn(site);
      const types = listOf({ type: oneOf("fact", "artifact", "episode") });
      expectValue("memories_created", result.memories_created, types);
    },
  ),
];
