import { check, type Site } from "../check.ts";
import { expectAnswer, expectStatus, expectThat, expectValue } from "../expect.ts";
import { need, remember } from "../prepare.ts";
import { episodeMemory, factMemory, ingestError, memoryPage, uuid } from "./documents.ts";

const unknownId = "00000000-0000-0000-0000-000000000000";

/** The first memory of a type of the user of the check. */
export async function findMemory({ ingest, user }: Site, type: string) {
  const { data } = expectAnswer(
    await ingest(`GET /v1/memories?user_id=${user}&type=${type}`),
    200,
    memoryPage,
  );
  const [first] = data;
  expectThat(first !== undefined, `a memory of the type ${type}`, data);
  return first;
}

export const memoryChecks = [
  check("ingest.memories.fact", "A fact has all its fields and `details`.", async (site) => {
    await remember(site, ["I live in Oslo."], { agent_id: site.agent, app_id: "app.one" });
    const { id } = await findMemory(site, "fact");
    const owners = {
      user_id: site.user,
      agent_id: site.agent,
      conv_id: site.conversation,
      app_id: "app.one",
    } as const;
    const details = {
      ...factMemory.details,
      status: "active",
      supersedes: null,
      source_event_ids: ["d0"],
    } as const;
    expectAnswer(await site.ingest(`GET /v1/memories/${id}`), 200, {
      ...factMemory,
      ...owners,
      id,
      score: null,
      details,
    });
  }),
  check("ingest.memories.episode", "Each conversation makes an episode with `details`.", async (site) => {
    await remember(site, ["I live in Oslo."]);
    const { id } = await findMemory(site, "episode");
    expectAnswer(await site.ingest(`GET /v1/memories/${id}`), 200, {
      ...episodeMemory,
      id,
      conv_id: site.conversation,
    });
  }),
  check(
    "ingest.memories.linked",
    "A fact names its episode, and the episode names the fact.",
    async (site) => {
      await remember(site, ["I live in Oslo."]);
      const [found, episode] = [await findMemory(site, "fact"), await findMemory(site, "episode")];
      const { details } = expectValue("fact", found, { details: { episode_id: uuid } });
      expectThat(details.episode_id === episode.id, `the episode ${episode.id}`, details.episode_id);
      const { fact_ids } = expectValue("episode", episode, episodeMemory).details;
      expectThat(fact_ids.includes(found.id), `the fact ${found.id}`, fact_ids);
    },
  ),
  check(
    "ingest.memories.unknown",
    "An unknown or malformed id is 404 `memory_not_found` for every method.",
    async ({ ingest }) => {
      for (const id of [unknownId, "x", "job_00000000000000000000000000000000"]) {
        expectAnswer(await ingest(`GET /v1/memories/${id}`), 404, ingestError("memory_not_found"));
        expectAnswer(await ingest(`DELETE /v1/memories/${id}`), 404, ingestError("memory_not_found"));
        expectAnswer(await ingest(`GET /v1/memories/${id}/revisions`), 404, ingestError("memory_not_found"));
        expectAnswer(
          await ingest(`PATCH /v1/memories/${id}`, { remove_group_ids: ["x"] }),
          404,
          ingestError("memory_not_found"),
        );
      }
    },
  ),
  check(
    "ingest.memories.foreign",
    "Another organisation's memory looks as if it did not exist.",
    async (site) => {
      const headers = {
        "x-api-key": need(site.target.otherKey, "a key of another organisation"),
        "x-org-id": undefined,
      };
      await remember(site, ["I live in Oslo."]);
      const { id } = await findMemory(site, "fact");
      expectAnswer(
        await site.ingest(`GET /v1/memories/${id}`, undefined, headers),
        404,
        ingestError("memory_not_found"),
      );
      expectAnswer(
        await site.ingest(`DELETE /v1/memories/${id}`, undefined, headers),
        404,
        ingestError("memory_not_found"),
      );
    },
  ),
  check(
    "ingest.memories.spellings",
    "A memory id may be `mem_<hex>`; the answer has a UUID.",
    async (site) => {
      await remember(site, ["I live in Oslo."]);
      const { id } = await findMemory(site, "fact");
      for (const spelling of [`mem_${id.replaceAll("-", "")}`, id.toUpperCase()]) {
        expectAnswer(await site.ingest(`GET /v1/memories/${spelling}`), 200, { id });
      }
    },
  ),
  check(
    "ingest.memories.delete",
    "DELETE is 204 without a body; the memory is gone, and a second DELETE is 404.",
    async (site) => {
      await remember(site, ["I live in Oslo."]);
      const { id } = await findMemory(site, "fact");
      const answer = await site.ingest(`DELETE /v1/memories/${id}`);
      expectStatus(answer, 204);
      expectThat(answer.text === "", "no body", answer.text);
      expectAnswer(await site.ingest(`GET /v1/memories/${id}`), 404, ingestError("memory_not_found"));
      expectAnswer(await site.ingest(`DELETE /v1/memories/${id}`), 404, ingestError("memory_not_found"));
    },
  ),
  check(
    "ingest.memories.superseded",
    "A superseded fact stays readable; the new one names it.",
    async (site) => {
      await remember(site, ["I live in Paris."]);
      const { result } = await remember(site, ["I moved to Berlin."]);
      const [pair] = Object.entries(result.memories_superseded_by);
      expectThat(pair !== undefined, "a superseded fact", result);
      const [old, young] = pair;
      expectAnswer(await site.ingest(`GET /v1/memories/${old}`), 200, { details: { status: "superseded" } });
      expectAnswer(await site.ingest(`GET /v1/memories/${young}`), 200, {
        details: { status: "active", supersedes: old },
      });
    },
  ),
];
