import { check, type Site } from "../check.ts";
import { expectAnswer, expectStatus, expectThat } from "../expect.ts";
import { remember } from "../prepare.ts";
import { memoryPage } from "./documents.ts";
import { findMemory } from "./memories.ts";

const wholeList = { ...memoryPage, has_more: false, next_cursor: null } as const;

/** Lets the user move three times, and returns the current home. */
async function move(site: Site) {
  for (const sentence of ["I live in Paris.", "I moved to Berlin.", "I moved to Oslo."])
    await remember(site, [sentence]);
  const { data } = expectAnswer(
    await site.ingest(`GET /v1/memories?user_id=${site.user}&type=fact`),
    200,
    memoryPage,
  );
  const home = data.find(({ text }) => text.includes("Oslo"));
  expectThat(home !== undefined, "a fact about Oslo", data);
  return home;
}

const citiesOf = async ({ ingest }: Site, id: string) => {
  const { data } = expectAnswer(await ingest(`GET /v1/memories/${id}/revisions`), 200, wholeList);
  return data.map(({ text }) => /Paris|Berlin|Oslo/.exec(text)?.[0] ?? text).join();
};

export const revisionChecks = [
  check(
    "ingest.revisions.order",
    "`GET /v1/memories/{id}/revisions` answers the chain of a fact, oldest first.",
    async (site) => {
      const cities = await citiesOf(site, (await move(site)).id);
      expectThat(cities === "Paris,Berlin,Oslo", "Paris,Berlin,Oslo", cities);
    },
  ),
  check(
    "ingest.revisions.deleted",
    "If a fact of the chain was deleted, the answer does not go beyond it.",
    async (site) => {
      const home = await move(site);
      const { data } = expectAnswer(
        await site.ingest(`GET /v1/memories/${home.id}/revisions`),
        200,
        wholeList,
      );
      const berlin = data.find(({ text }) => text.includes("Berlin"));
      expectStatus(await site.ingest(`DELETE /v1/memories/${berlin?.id}`), 204);
      const cities = await citiesOf(site, home.id);
      expectThat(cities === "Oslo", "Oslo", cities);
    },
  ),
  check(
    "ingest.revisions.episode",
    "The only revision of an episode is the episode itself.",
    async (site) => {
      await remember(site, ["I live in Oslo."]);
      const { id } = await findMemory(site, "episode");
      expectAnswer(await site.ingest(`GET /v1/memories/${id}/revisions`), 200, {
        ...wholeList,
        data: [{ id }],
      });
    },
  ),
];
