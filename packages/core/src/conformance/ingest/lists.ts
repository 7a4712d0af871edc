import { check, type Site } from "../check.ts";
import { expectAnswer, expectThat } from "../expect.ts";
import { callWithKey, importBatch, need, remember } from "../prepare.ts";
import { ingestError, memoryPage } from "./documents.ts";

const list = async ({ ingest, user }: Site, query = "") =>
  expectAnswer(await ingest(`GET /v1/memories?user_id=${user}${query}`), 200, memoryPage);

/** Stores five memories of the user of the check. */
const storeFive = (site: Site) =>
  importBatch(
    site,
    ["a", "b", "c", "d", "e"].map((name) => ({ content: `The box ${name} is full.`, user_id: site.user })),
  );

/** Reads all pages of two. */
async function readPages(site: Site, query: string) {
  const ids: string[] = [];
  for (let cursor = ""; ;) {
    const page = await list(site, `${query}&limit=2${cursor}`);
    expectThat(page.data.length <= 2, "at most 2 memories on a page", page.data.length);
    expectThat(page.has_more === (page.next_cursor !== null), "a cursor if and only if there is more", page);
    ids.push(...page.data.map(({ id }) => id));
    if (page.next_cursor === null) return ids;
    cursor = `&cursor=${encodeURIComponent(page.next_cursor)}`;
  }
}

export const listChecks = [
  check(
    "ingest.lists.shape",
    "`GET /v1/memories` answers a list with `data`, `has_more` and `next_cursor`.",
    async (site) => {
      await remember(site, ["I live in Oslo."]);
      const { data } = await list(site, "&order=created_at_desc");
      expectThat(
        data.length > 0 && data.every(({ score }) => score === null),
        "memories without a score",
        data,
      );
    },
  ),
  check(
    "ingest.lists.order",
    "`order` is `created_at_desc` by default, and `created_at_asc` reverses it.",
    async (site) => {
      await storeFive(site);
      const ids = async (query: string) => (await list(site, query)).data.map(({ id }) => id).join();
      const newest = await ids("&order=created_at_desc");
      const oldest = await ids("&order=created_at_asc");
      expectThat(oldest.split(",").toReversed().join() === newest, newest, oldest);
      const { data } = expectAnswer(
        await site.ingest(`GET /v1/memories?user_id=${site.user}`),
        200,
        memoryPage,
      );
      expectThat(data.map(({ id }) => id).join() === newest, "the newest first by default", data);
    },
  ),
  check(
    "ingest.lists.pages",
    "Cursors lead through all memories, each once, in both orders.",
    async (site) => {
      await storeFive(site);
      for (const order of ["created_at_desc", "created_at_asc"]) {
        const ids = await readPages(site, `&order=${order}`);
        const all = (await list(site, `&order=${order}&limit=500`)).data.map(({ id }) => id);
        expectThat(all.length >= 5 && ids.join() === all.join(), all.join(), ids);
      }
    },
  ),
  check("ingest.lists.cursor-malformed", "A malformed `cursor` is 422.", async (site) => {
    for (const cursor of ["x", "!!!", "e30"]) {
      const answer = await site.ingest(`GET /v1/memories?user_id=${site.user}&cursor=${cursor}`);
      expectThat(answer.status === 422, "the status 422", answer.status);
    }
  }),
  check(
    "ingest.lists.cursor-order",
    "A cursor of the other order is 422 `cursor_mismatch`.",
    async (site) => {
      await storeFive(site);
      const { next_cursor } = await list(site, "&order=created_at_desc&limit=2");
      const query = `user_id=${site.user}&order=created_at_asc&cursor=${encodeURIComponent(next_cursor ?? "")}`;
      expectAnswer(await site.ingest(`GET /v1/memories?${query}`), 422, ingestError("cursor_mismatch"));
    },
  ),
  check(
    "ingest.lists.cursor-foreign",
    "A cursor of another organisation is 422 `cursor_mismatch`.",
    async (site) => {
      const key = need(site.target.otherKey, "a key of another organisation");
      await storeFive(site);
      const { next_cursor } = await list(site, "&order=created_at_desc&limit=2");
      const query = `order=created_at_desc&cursor=${encodeURIComponent(next_cursor ?? "")}`;
      expectAnswer(
        await callWithKey(site, key)(`GET /v1/memories?${query}`),
        422,
        ingestError("cursor_mismatch"),
      );
    },
  ),
  check("ingest.lists.type", "`type` narrows the list to one type.", async (site) => {
    await remember(site, ["I live in Oslo."]);
    for (const type of ["fact", "episode"]) {
      const { data } = await list(site, `&type=${type}`);
      expectThat(
        data.length > 0 && data.every((memory) => memory.type === type),
        `only memories of the type ${type}`,
        data,
      );
    }
    for (const type of ["artifact", "lesson", "procedure"]) {
      expectThat((await list(site, `&type=${type}`)).data.length === 0, `no memory of the type ${type}`);
    }
  }),
  check("ingest.lists.all-types", "A list without `type` has facts and episodes.", async (site) => {
    await remember(site, ["I live in Oslo."]);
    const { data } = await list(site);
    for (const type of ["fact", "episode"])
      expectThat(
        data.some((memory) => memory.type === type),
        `a memory of the type ${type}`,
        data,
      );
  }),
  check("ingest.lists.owners", "`agent_id`, `conv_id` and `app_id` each narrow the list.", async (site) => {
    await remember(site, ["I live in Oslo."], {
      agent_id: site.agent,
      conv_id: `${site.conversation}.1`,
      app_id: `${site.user}.app`,
    });
    await remember(site, ["I like chess."], { conv_id: `${site.conversation}.2` });
    for (const query of [
      `&agent_id=${site.agent}`,
      `&conv_id=${site.conversation}.1`,
      `&app_id=${site.user}.app`,
    ]) {
      const { data } = await list(site, query);
      expectThat(
        data.length > 0 && data.every(({ agent_id }) => agent_id === site.agent),
        `only the first conversation for ${query}`,
        data,
      );
    }
  }),
  check(
    "ingest.lists.full-content",
    "`include=full_content` is accepted; anything else is `unsupported_include_option`.",
    async ({ ingest, user }) => {
      expectAnswer(await ingest(`GET /v1/memories?user_id=${user}&include=full_content`), 200, memoryPage);
      for (const include of ["expanded", "full_content,expanded"]) {
        const answer = await ingest(`GET /v1/memories?user_id=${user}&include=${include}`);
        expectAnswer(answer, 422, ingestError("unsupported_include_option"));
      }
    },
  ),
  check("ingest.lists.default-limit", "`limit` is 50 by default.", async (site) => {
    const memories = Array.from({ length: 52 }, (_, index) => ({
      content: `Box ${index}.`,
      user_id: site.user,
    }));
    await importBatch(site, memories);
    const { data, has_more } = await list(site, "&order=created_at_desc");
    expectThat(data.length === 50 && has_more, "50 memories, and more", data.length);
  }),
];
