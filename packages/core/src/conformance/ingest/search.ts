import { check, type Site } from "../check.ts";
import { expectAnswer, expectThat, expectValue } from "../expect.ts";
import { filledText, listOf, number } from "../pattern.ts";
import { remember } from "../prepare.ts";
import { ingestError, ingestMemory, searchAnswer, searchResults } from "./documents.ts";

const search = async ({ ingest, user }: Site, query: string, more: object = {}) => {
  const answer = await ingest("POST /v1/memories/search", { query, user_id: user, ...more });
  return expectAnswer(answer, 200, searchResults);
};
const refuse = (site: Site, body: object, code = "invalid_request") =>
  site
    .ingest("POST /v1/memories/search", body)
    .then((answer) => expectAnswer(answer, 422, ingestError(code)));

export const searchChecks = [
  check(
    "ingest.search.shape",
    "A search answers `mode`, `data` with scores, `context`, `stage_timings`, and the end of the list.",
    async (site) => {
      await remember(site, ["I have a dog named Rex."]);
      const answer = await site.ingest("POST /v1/memories/search", { query: "dog", user_id: site.user });
      const rows = listOf({ ...ingestMemory, score: number, user_id: site.user });
      const { data } = expectAnswer(answer, 200, { ...searchAnswer, data: rows });
      expectThat(
        data.some(({ text }) => text.includes("Rex")),
        "a memory about Rex",
        data,
      );
    },
  ),
  check(
    "ingest.search.compose",
    "`mode` is `compose` by default, and `context` is a text for a prompt.",
    async (site) => {
      await remember(site, ["I have a dog named Rex."]);
      const { context, mode } = await search(site, "dog");
      expectThat(mode === "compose" && context !== null && context.includes("Rex"), "a context about Rex", {
        mode,
        context,
      });
    },
  ),
  check("ingest.search.retrieve", "With the `mode` `retrieve`, `context` is null.", async (site) => {
    await remember(site, ["I have a dog named Rex."]);
    expectValue("answer", await search(site, "dog", { mode: "retrieve" }), {
      mode: "retrieve",
      context: null,
    });
  }),
  check("ingest.search.include", "`include` narrows the types.", async (site) => {
    await remember(site, ["I have a dog named Rex."]);
    for (const type of ["fact", "episode"]) {
      const { data } = await search(site, "dog", { include: [type] });
      expectThat(
        data.length > 0 && data.every((memory) => memory.type === type),
        `memories of the type ${type} alone`,
        data,
      );
    }
  }),
  check(
    "ingest.search.include-set",
    "An `include` with a repeated or an unknown type is 422.",
    async (site) => {
      for (const include of [["fact", "fact"], ["idea"]])
        await refuse(site, { query: "dog", user_id: site.user, include });
    },
  ),
  check(
    "ingest.search.scope",
    "A search without `user_id`, `agent_id`, `app_id` and `group_ids` is 422; an empty `group_ids` counts as absent.",
    async (site) => {
      for (const more of [{}, { group_ids: [] }])
        await refuse(site, { query: "dog", mode: "retrieve", ...more });
    },
  ),
  check("ingest.search.scopes-and", "A memory must match every scope that is sent.", async (site) => {
    await remember(site, ["I have a dog named Rex."], { agent_id: site.agent });
    await remember(site, ["I have a cat named Tom."]);
    const { data } = await search(site, "pets", { agent_id: site.agent });
    expectThat(
      data.length > 0 && data.every(({ agent_id }) => agent_id === site.agent),
      "only memories of the agent",
      data,
    );
    const none = await search(site, "dog", { agent_id: `${site.agent}.other` });
    expectThat(none.data.length === 0, "no memory of another agent", none.data);
  }),
  check("ingest.search.query", "`query` has 1 to 4,000 characters.", async (site) => {
    for (const query of ["", "x".repeat(4001)])
      await refuse(site, { query, user_id: site.user, mode: "retrieve" });
    expectValue("answer", await search(site, "x".repeat(4000), { mode: "retrieve" }), searchResults);
  }),
  check(
    "ingest.search.limit",
    "`limit` is the largest number of results, 10 by default; the `cursor` null is accepted.",
    async (site) => {
      const contents = Array.from({ length: 12 }, (_, index) => `I have a dog named Rex${index}.`);
      await remember(site, contents);
      const sizes = [];
      for (const more of [{ limit: 1 }, { cursor: null }]) {
        sizes.push((await search(site, "dog", { include: ["fact"], mode: "retrieve", ...more })).data.length);
      }
      expectThat(sizes.join() === "1,10", "1 result, then 10", sizes);
    },
  ),
  check(
    "ingest.search.filters",
    "The scopes in the older `filters` count if the body has no others; other keys of `filters` are ignored.",
    async (site) => {
      await remember(site, ["I have a dog named Rex."]);
      const filters = { user_id: site.user, colour: "red" };
      const answer = expectAnswer(
        await site.ingest("POST /v1/memories/search", { query: "dog", filters }),
        200,
        searchResults,
      );
      expectThat(answer.data.length > 0, "memories of the user", answer.data);
      const rooted = await search(site, "dog", { filters: { user_id: `${site.user}.other` } });
      expectThat(rooted.data.length > 0, "the user at the root before the one in filters", rooted.data);
    },
  ),
  check(
    "ingest.search.older-modes",
    "The older modes `rows` and `context` mean `retrieve` and `compose`.",
    async (site) => {
      expectValue("answer", await search(site, "dog", { mode: "rows" }), { mode: "retrieve", context: null });
      expectValue("answer", await search(site, "dog", { mode: "context" }), { mode: "compose" });
    },
  ),
  check(
    "ingest.search.older-includes",
    "`context_prompt` in `include` means `compose`; `full_content` in it is ignored.",
    async (site) => {
      await remember(site, ["I have a dog named Rex."]);
      const composed = await search(site, "dog", { include: ["context_prompt"] });
      expectValue("answer", composed, { mode: "compose", context: filledText });
      const whole = await search(site, "dog", { include: ["full_content"] });
      expectThat(
        whole.data.length === composed.data.length,
        "the same memories without the word",
        whole.data,
      );
    },
  ),
  check(
    "ingest.search.natural",
    "A question in plain words finds the memory that answers it.",
    async (site) => {
      await remember(site, ["My favorite food is pad see ew. I love Thai cuisine."]);
      for (const query of ["what does the user like to eat?", "eat", "what should we plan for dinner?"]) {
        const { data } = await search(site, query, { mode: "retrieve" });
        expectThat(
          data.some(({ text }) => /pad see ew|thai/i.test(text)),
          `the favourite food for '${query}'`,
          data.map(({ text }) => text),
        );
      }
    },
  ),
  check("ingest.search.superseded", "A superseded fact is not found as a fact.", async (site) => {
    await remember(site, ["I live in Paris."]);
    await remember(site, ["I moved to Berlin."]);
    const { data } = await search(site, "where does the user live", { include: ["fact"], mode: "retrieve" });
    const texts = data.map(({ text }) => text).join();
    expectThat(
      texts.includes("Berlin") && !texts.includes("Paris"),
      "a fact about Berlin and none about Paris",
      texts,
    );
  }),
  check("ingest.search.third-person", "Statements in the third person become facts too.", async (site) => {
    for (const [sentence, word] of [
      ["User prefers concise responses.", "concise"],
      ["The user lives in Rome.", "Rome"],
      ["Alice works at Acme.", "Acme"],
    ] as const) {
      const { result } = await remember(site, [sentence]);
      const facts = result.memories_created.filter(({ type }) => type === "fact");
      expectThat(
        facts.some(({ text }) => text.includes(word)),
        `a fact from '${sentence}'`,
        result.memories_created,
      );
    }
  }),
  check(
    "ingest.search.filter-operator",
    "A value in the older `filters` may be written as `{$eq: value}`.",
    async (site) => {
      await remember(site, ["I have a dog named Quartz."]);
      const filters = { user_id: { $eq: site.user } };
      const answer = await site.ingest("POST /v1/memories/search", { query: "dog", filters });
      const { data } = expectAnswer(answer, 200, searchResults);
      expectThat(data.length > 0, "memories of the user", data);
    },
  ),
];
