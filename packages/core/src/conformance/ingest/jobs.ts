import { check } from "../check.ts";
import { expectAnswer, expectStatus, expectThat, expectValue } from "../expect.ts";
import { conversationOf, need, remember, uuidOf } from "../prepare.ts";
import { episodeMemory, ingestError, ingestJob, succeededJob, unfinishedJob } from "./documents.ts";

const unknownId = "job_00000000000000000000000000000000";

export const jobChecks = [
  check("ingest.jobs.created", "`POST /v1/memories` answers 202 with an unfinished job.", async (site) => {
    expectAnswer(
      await site.ingest("POST /v1/memories", conversationOf(site, "I live in Oslo.")),
      202,
      unfinishedJob,
    );
  }),
  check("ingest.jobs.readable", "A job can be read by its id at once.", async (site) => {
    const { id } = expectAnswer(
      await site.ingest("POST /v1/memories", conversationOf(site, "Hi!")),
      202,
      unfinishedJob,
    );
    expectAnswer(await site.ingest(`GET /v1/memories/jobs/${id}`), 200, { ...ingestJob, id });
  }),
  check(
    "ingest.jobs.wait",
    "With `wait=true` the answer is 200 with the ended job, or 202 after 30 seconds.",
    async (site) => {
      const answer = await site.ingest(
        "POST /v1/memories?wait=true",
        conversationOf(site, "I live in Oslo."),
      );
      expectStatus(answer, 200, 202);
      expectAnswer(answer, answer.status, answer.status === 200 ? succeededJob : unfinishedJob);
    },
  ),
  check("ingest.jobs.succeeded", "A job that succeeded has its result and no error.", async (site) => {
    expectValue("job", await remember(site, ["I live in Oslo."]), succeededJob);
  }),
  check(
    "ingest.jobs.refs",
    "`memories_created` names each new memory with the text that was written.",
    async (site) => {
      const { result } = await remember(site, ["I live in Oslo."]);
      const ref = result.memories_created.find(({ type, text }) => type === "fact" && text.includes("Oslo"));
      expectThat(ref !== undefined, "a fact about Oslo", result.memories_created);
      expectAnswer(await site.ingest(`GET /v1/memories/${ref.id}`), 200, {
        id: ref.id,
        type: ref.type,
        text: ref.text,
      });
    },
  ),
  check("ingest.jobs.episode", "`memories_created` names the episode of the conversation.", async (site) => {
    const { result } = await remember(site, ["I live in Oslo."]);
    const episodes = result.memories_created.filter(({ type }) => type === "episode");
    expectThat(episodes.length === 1, "one episode", result.memories_created);
    const { id, text } = episodes[0]!;
    expectAnswer(await site.ingest(`GET /v1/memories/${id}`), 200, { ...episodeMemory, id, text });
  }),
  check(
    "ingest.jobs.superseded",
    "`memories_superseded_by` maps the old fact to the new one.",
    async (site) => {
      const before = await remember(site, ["I live in Paris."]);
      const after = await remember(site, ["I moved to Berlin."]);
      const find = (refs: readonly { id: string; text: string }[], city: string) =>
        refs.find(({ text }) => text.includes(city))?.id;
      const [paris, berlin] = [
        find(before.result.memories_created, "Paris"),
        find(after.result.memories_created, "Berlin"),
      ];
      const map = after.result.memories_superseded_by;
      expectThat(paris !== undefined && map[paris] === berlin, `{"${paris}": "${berlin}"}`, map);
    },
  ),
  check(
    "ingest.jobs.nothing",
    "A conversation without anything to remember succeeds without facts.",
    async (site) => {
      const { result } = await remember(site, ["Hi!", "How are you?"]);
      const facts = result.memories_created.filter(({ type }) => type === "fact");
      expectThat(facts.length === 0, "no fact", facts);
    },
  ),
  check("ingest.jobs.times", "`updated_at` is not before `created_at`.", async (site) => {
    const { created_at, updated_at } = await remember(site, ["I live in Oslo."]);
    expectThat(Date.parse(updated_at) >= Date.parse(created_at), `a time from ${created_at}`, updated_at);
  }),
  check(
    "ingest.jobs.spellings",
    "A job id may be a UUID or in upper case; the answer always has `job_<hex>`.",
    async (site) => {
      const { id } = expectAnswer(
        await site.ingest("POST /v1/memories", conversationOf(site, "Hi!")),
        202,
        unfinishedJob,
      );
      const uuid = uuidOf(id);
      for (const spelling of [uuid, uuid.toUpperCase(), id.toUpperCase().replace("JOB", "job")]) {
        expectAnswer(await site.ingest(`GET /v1/memories/jobs/${spelling}`), 200, { ...ingestJob, id });
      }
    },
  ),
  check(
    "ingest.jobs.unknown",
    "An unknown or malformed job id is 404 `job_not_found`.",
    async ({ ingest }) => {
      for (const id of [unknownId, "job_1", "x", "grp_00000000000000000000000000000000"]) {
        expectAnswer(await ingest(`GET /v1/memories/jobs/${id}`), 404, ingestError("job_not_found"));
      }
    },
  ),
  check("ingest.jobs.foreign", "Another organisation's job looks as if it did not exist.", async (site) => {
    const headers = {
      "x-api-key": need(site.target.otherKey, "a key of another organisation"),
      "x-org-id": undefined,
      "x-request-id": "one",
    };
    const { id } = expectAnswer(
      await site.ingest("POST /v1/memories", conversationOf(site, "Hi!")),
      202,
      unfinishedJob,
    );
    const foreign = await site.ingest(`GET /v1/memories/jobs/${id}`, undefined, headers);
    expectAnswer(foreign, 404, ingestError("job_not_found"));
    const unknown = await site.ingest(`GET /v1/memories/jobs/${unknownId}`, undefined, headers);
    expectThat(foreign.text === unknown.text, `the body ${unknown.text}`, foreign.text);
  }),
];
