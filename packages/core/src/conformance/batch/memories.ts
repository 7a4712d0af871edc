import { check, type Site } from "../check.ts";
import { expectAnswer, expectThat } from "../expect.ts";
import { count, listOf } from "../pattern.ts";
import { callWithKey, importBatch, need, uuidOf, write } from "../prepare.ts";
import { batchError, listedMemory, storedMemory } from "./documents.ts";

const unknownIds = [
  "mem_00000000000000000000000000000000",
  "mem_1",
  "x",
  "00000000-0000-0000-0000-000000000000",
];

const list = async ({ batch, user }: Site, query = "") =>
  expectAnswer(await batch(`GET /v1/memories?user_id=${user}${query}`), 200, {
    memories: listOf(listedMemory),
    total: count,
  });

export const memoryChecks = [
  check("batch.memories.get", "`GET /v1/memories/{id}` answers the memory with its facts.", async (site) => {
    const { id } = await write(site, "I live in Oslo.");
    expectAnswer(await site.batch(`GET /v1/memories/${id}`), 200, {
      ...storedMemory,
      id,
      content: "I live in Oslo.",
    });
  }),
  check(
    "batch.memories.unknown",
    "An unknown or malformed id is 404 `not_found` for every method.",
    async ({ batch }) => {
      for (const id of unknownIds) {
        expectAnswer(await batch(`GET /v1/memories/${id}`), 404, batchError("not_found"));
        expectAnswer(
          await batch(`PATCH /v1/memories/${id}`, { content: "Likes tea." }),
          404,
          batchError("not_found"),
        );
        expectAnswer(await batch(`DELETE /v1/memories/${id}`), 404, batchError("not_found"));
        expectAnswer(await batch(`GET /v1/memories/${id}/history`), 404, batchError("not_found"));
      }
    },
  ),
  check(
    "batch.memories.foreign",
    "Another organisation's memory looks as if it did not exist.",
    async (site) => {
      const other = callWithKey(site, need(site.target.otherKey, "a key of another organisation"));
      const { id } = await write(site, "Likes tea.");
      const foreign = await other(`GET /v1/memories/${id}`);
      expectAnswer(foreign, 404, batchError("not_found"));
      const unknown = await other(`GET /v1/memories/${unknownIds[0]}`);
      expectThat(foreign.text === unknown.text, `the body ${unknown.text}`, foreign.text);
      expectAnswer(await other(`DELETE /v1/memories/${id}`), 404, batchError("not_found"));
    },
  ),
  check(
    "batch.memories.spellings",
    "A memory id may be a UUID or in upper case; the answer has `mem_<hex>`.",
    async (site) => {
      const { id } = await write(site, "Likes tea.");
      for (const spelling of [uuidOf(id), id.toUpperCase().replace("MEM", "mem")]) {
        expectAnswer(await site.batch(`GET /v1/memories/${spelling}`), 200, { id });
      }
    },
  ),
  check(
    "batch.memories.list",
    "`GET /v1/memories` answers memories without facts, newest first, and their total.",
    async (site) => {
      for (const content of ["One.", "Two.", "Three."]) await write(site, content);
      const { memories, total } = await list(site);
      expectThat(
        memories.map(({ content }) => content).join() === "Three.,Two.,One.",
        "newest first",
        memories,
      );
      expectThat(total === 3, "the total 3", total);
      expectThat(
        memories.every((memory) => !("facts" in memory)),
        "no facts in a list",
        memories,
      );
    },
  ),
  check(
    "batch.memories.pages",
    "`limit` and `offset` give pages; `total` counts the memories of all pages.",
    async (site) => {
      await importBatch(
        site,
        ["a", "b", "c", "d", "e"].map((name) => ({ content: `Likes ${name}.`, user_id: site.user })),
      );
      const all = await list(site);
      const pages = [
        await list(site, "&limit=2"),
        await list(site, "&limit=2&offset=2"),
        await list(site, "&limit=2&offset=4"),
      ];
      const ids = pages.flatMap(({ memories }) => memories.map(({ id }) => id));
      expectThat(ids.join() === all.memories.map(({ id }) => id).join(), "each memory on one page", ids);
      expectThat(
        pages.every(({ total }) => total === 5),
        "the total 5 on each page",
        pages.map(({ total }) => total),
      );
      const none = await list(site, "&offset=9");
      expectThat(none.memories.length === 0 && none.total === 5, "an empty page beyond the end", none);
    },
  ),
  check(
    "batch.memories.filters",
    "`user_id`, `agent_id` and `run_id` each narrow the list.",
    async (site) => {
      await importBatch(site, [
        { content: "One.", user_id: site.user, agent_id: site.agent, run_id: "first" },
        { content: "Two.", user_id: site.user, agent_id: site.agent, run_id: "second" },
        { content: "Three.", user_id: site.user, agent_id: `${site.agent}.other`, run_id: "first" },
      ]);
      const contents = async (query: string) => {
        const { memories } = await list(site, query);
        return memories
          .map(({ content }) => content)
          .toSorted()
          .join();
      };
      expectThat((await contents(`&agent_id=${site.agent}`)) === "One.,Two.", "the memories of the agent");
      expectThat((await contents("&run_id=first")) === "One.,Three.", "the memories of the run");
      expectThat((await contents(`&run_id=first&agent_id=${site.agent}`)) === "One.", "the memory of both");
    },
  ),
  check(
    "batch.memories.encoded-run",
    "A `run_id` with dots and colons can be written and read.",
    async (site) => {
      const run = "langgraph:memories.maria";
      await write(site, "Likes tea.", { run_id: run, metadata: { value: { data: "tea" } } });
      const { memories } = await list(site, `&run_id=${encodeURIComponent(run)}`);
      expectThat(memories.length === 1 && memories[0]?.run_id === run, `one memory of ${run}`, memories);
    },
  ),
  check("batch.memories.limit", "`limit` is 50 by default and at most 200.", async (site) => {
    const memories = Array.from({ length: 52 }, (_, index) => ({
      content: `Box ${index}.`,
      user_id: site.user,
    }));
    await importBatch(site, memories);
    for (const [query, length] of [
      ["", 50],
      ["&limit=200", 52],
    ] as const) {
      const page = await list(site, query);
      expectThat(
        page.memories.length === length && page.total === 52,
        `${length} of 52`,
        page.memories.length,
      );
    }
  }),
];
