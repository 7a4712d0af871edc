import { auditPage } from "../batch/audit.ts";
import { listedMemory } from "../batch/documents.ts";
import { check } from "../check.ts";
import { expectAnswer, expectStatus, expectThat } from "../expect.ts";
import { ingestMemory, memoryPage } from "../ingest/documents.ts";
import { findMemory } from "../ingest/memories.ts";
import { listFacts, remember, uuidOf, write } from "../prepare.ts";

export const sharedStoreChecks = [
  check(
    "dialect.store.batch-in-ingest",
    "A memory that was written in batch can be read in ingest.",
    async (site) => {
      const { id } = await write(site, "The harp is old.");
      const expected = { ...ingestMemory, id: uuidOf(id), user_id: site.user } as const;
      const read = expectAnswer(await site.ingest(`GET /v1/memories/${id}`), 200, expected);
      expectThat(read.text.includes("harp"), "its content as the text", read.text);
    },
  ),
  check(
    "dialect.store.ingest-in-batch",
    "A memory that was extracted in ingest can be read in batch.",
    async (site) => {
      await remember(site, ["I live in Oslo."]);
      const { id } = await findMemory(site, "fact");
      const answer = await site.batch(`GET /v1/memories/${id}`);
      expectAnswer(answer, 200, { ...listedMemory, id: `mem_${id.replaceAll("-", "")}`, user_id: site.user });
    },
  ),
  check("dialect.store.facts", "A fact that was extracted in ingest is a fact of batch.", async (site) => {
    await remember(site, ["I live in Oslo."]);
    const facts = await listFacts(site);
    expectThat(
      facts.some(({ object }) => object.includes("Oslo")),
      "a fact about Oslo",
      facts,
    );
  }),
  check(
    "dialect.store.mined",
    "A fact that was mined in batch is a memory of the type `fact` in ingest.",
    async (site) => {
      await write(site, "I live in Oslo.");
      const { data } = expectAnswer(
        await site.ingest(`GET /v1/memories?user_id=${site.user}&type=fact`),
        200,
        memoryPage,
      );
      expectThat(
        data.some(({ text }) => text.includes("Oslo")),
        "a fact about Oslo",
        data,
      );
    },
  ),
  check("dialect.store.deleted", "A memory that was deleted in ingest is gone in batch.", async (site) => {
    const { id } = await write(site, "The harp is old.");
    expectStatus(await site.ingest(`DELETE /v1/memories/${id}`), 204);
    expectStatus(await site.batch(`GET /v1/memories/${id}`), 404);
  }),
  check("dialect.store.conflict", "A fact of one dialect supersedes a fact of the other.", async (site) => {
    await remember(site, ["I live in Paris."]);
    await write(site, "I moved to Berlin.");
    const objects = (await listFacts(site)).map(({ object }) => object).join();
    expectThat(/Berlin/.test(objects) && !/Paris/.test(objects), "Berlin as the only home", objects);
  }),
  check(
    "dialect.store.audit",
    "A change of a memory's groups in ingest is in the audit of batch, with the user of the memory.",
    async (site) => {
      await remember(site, ["I am vegetarian."]);
      const { id } = await findMemory(site, "fact");
      const body = { remove_group_ids: ["grp_00000000000000000000000000000000"] };
      expectStatus(await site.ingest(`PATCH /v1/memories/${id}`, body), 200);
      await site.until(`a record about ${id}`, async () => {
        const answer = await site.batch(`GET /v1/audit?user_id=${site.user}`);
        const { events } = expectAnswer(answer, 200, auditPage);
        return events.find(
          ({ action, target_id: target }) =>
            action !== "read" && target !== null && (target === id || uuidOf(target) === id),
        );
      });
    },
  ),
];
