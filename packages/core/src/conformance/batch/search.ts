import { check, type Site } from "../check.ts";
import { expectAnswer, expectThat, expectValue } from "../expect.ts";
import { containing, listOf } from "../pattern.ts";
import { importBatch, write } from "../prepare.ts";
import { batchError, foundMemory } from "./documents.ts";

const found = { results: listOf(foundMemory) } as const;

const search = async ({ batch, user }: Site, query: string, more: object = {}) => {
  const answer = await batch("POST /v1/memories/search", { query, user_id: user, ...more });
  return expectAnswer(answer, 200, found).results;
};

export const searchChecks = [
  check(
    "batch.search.finds",
    "`POST /v1/memories/search` finds a memory, with its `score`, `snippet` and `metadata`.",
    async (site) => {
      const { id } = await write(site, "Plays the harp every evening.", {
        agent_id: site.agent,
        metadata: { mood: "calm" },
      });
      const results = await search(site, "harp");
      const expected = { id, user_id: site.user, agent_id: site.agent, metadata: { mood: "calm" } } as const;
      expectValue("results", results, [{ ...foundMemory, ...expected }]);
    },
  ),
  check("batch.search.best-first", "The results are ordered by score, best first.", async (site) => {
    await write(site, "The harp is in the hall, and the harp is old.");
    await write(site, "The hall has a window.");
    const scores = (await search(site, "old harp hall")).map(({ score }) => score);
    expectThat(
      scores.length > 0 && scores.join() === scores.toSorted((a, b) => b - a).join(),
      "falling scores",
      scores,
    );
  }),
  check(
    "batch.search.snippet",
    "`snippet` is a part of the `content` of at most 280 characters.",
    async (site) => {
      const content = `A zebra stood there. ${"It was a long walk in the rain. ".repeat(20)}`.trim();
      await write(site, content);
      const [result] = await search(site, "zebra");
      expectThat(
        result !== undefined && result.snippet.length <= 280,
        "at most 280 characters",
        result?.snippet,
      );
      const start = result.snippet.slice(0, 200);
      expectThat(content.includes(start.trim()), "a part of the content", result.snippet);
    },
  ),
  check("batch.search.scope", "`user_id`, `agent_id` and `run_id` each narrow the results.", async (site) => {
    await importBatch(site, [
      { content: "The harp is red.", user_id: site.user, agent_id: site.agent, run_id: "first" },
      { content: "The harp is blue.", user_id: site.user, agent_id: `${site.agent}.other`, run_id: "second" },
      { content: "The harp is green.", user_id: `${site.user}.other`, agent_id: site.agent, run_id: "third" },
    ]);
    const snippets = async (more: object) =>
      (await search(site, "harp", more))
        .map(({ snippet }) => snippet)
        .toSorted()
        .join();
    expectThat((await snippets({})) === "The harp is blue.,The harp is red.", "the two of the user");
    expectThat(
      (await snippets({ agent_id: site.agent })) === "The harp is red.",
      "the one of the user and the agent",
    );
    expectThat((await snippets({ run_id: "second" })) === "The harp is blue.", "the one of the run");
  }),
  check(
    "batch.search.metadata",
    "A memory must match every key of `metadata` that is sent; values are compared as strings.",
    async (site) => {
      const item = (content: string, metadata: object) => ({ content, user_id: site.user, metadata });
      await importBatch(site, [
        item("The harp is red.", { a: "5", b: "x" }),
        item("The harp is blue.", { a: 5, b: "y" }),
      ]);
      const snippets = async (metadata: object) =>
        (await search(site, "harp", { metadata }))
          .map(({ snippet }) => snippet)
          .toSorted()
          .join();
      expectThat((await snippets({ a: 5 })) === "The harp is blue.,The harp is red.", '5 finds 5 and "5"');
      expectThat(
        (await snippets({ a: "5" })) === "The harp is blue.,The harp is red.",
        '"5" finds 5 and "5"',
      );
      expectThat((await snippets({ a: 5, b: "y" })) === "The harp is blue.", "both keys must match");
      expectThat((await snippets({ c: "x" })) === "", "a key that no memory has finds none");
    },
  ),
  check("batch.search.limit", "`limit` is 1 to 50, by default 15.", async (site) => {
    const memories = Array.from({ length: 20 }, (_, index) => ({
      content: `The harp number ${index}.`,
      user_id: site.user,
    }));
    await importBatch(site, memories);
    for (const [more, length] of [
      [{}, 15],
      [{ limit: 1 }, 1],
      [{ limit: 50 }, 20],
    ] as const) {
      const results = await search(site, "harp", more);
      expectThat(results.length === length, `${length} results`, results.length);
    }
    for (const limit of [0, 51]) {
      const answer = await site.batch("POST /v1/memories/search", {
        query: "harp",
        user_id: site.user,
        limit,
      });
      expectAnswer(answer, 422, batchError("invalid_request", containing("limit")));
    }
  }),
  check(
    "batch.search.query",
    "`query` is required, and has 1 to 2,000 characters.",
    async ({ batch, user }) => {
      for (const query of [undefined, "", "x".repeat(2001)]) {
        const answer = await batch("POST /v1/memories/search", { query, user_id: user, run_id: "one" });
        expectAnswer(answer, 422, batchError("invalid_request", containing("query")));
      }
      expectAnswer(
        await batch("POST /v1/memories/search", { query: "x".repeat(2000), user_id: user }),
        200,
        found,
      );
    },
  ),
  check("batch.search.nothing", "A search that finds nothing answers an empty list.", async (site) => {
    expectAnswer(await site.batch("POST /v1/memories/search", { query: "harp", user_id: site.user }), 200, {
      results: [],
    });
  }),
  check(
    "batch.search.natural",
    "A question in plain words finds the memory that answers it.",
    async (site) => {
      await write(site, "My favorite food is pad see ew. I love Thai cuisine.");
      await write(site, "The office opens at nine.");
      for (const query of ["what does the user like to eat?", "what should we plan for dinner?"]) {
        const [first] = await search(site, query);
        expectThat(
          first?.snippet.includes("pad see ew") === true,
          `the favourite food for '${query}'`,
          first?.snippet ?? null,
        );
      }
    },
  ),
];
