import { check } from "../check.ts";
import { expectAnswer, expectThat, expectValue } from "../expect.ts";
import { containing, filledText } from "../pattern.ts";
import { addFact, awaitMining, listFacts, write } from "../prepare.ts";
import { batchError, storedMemory, writtenMemory } from "./documents.ts";

export const writeChecks = [
  check(
    "batch.writes.created",
    "`POST /v1/memories` with `content` answers 201 with the memory and what was sent.",
    async (site) => {
      const sent = {
        content: "Plays chess.",
        user_id: site.user,
        agent_id: site.agent,
        run_id: "run.one",
        metadata: { a: 1 },
      };
      expectAnswer(await site.batch("POST /v1/memories", sent), 201, { ...writtenMemory, ...sent });
    },
  ),
  check(
    "batch.writes.at-once",
    "The answer comes before the facts: `status` is `processing`, and there are no facts.",
    async (site) => {
      const sent = { content: "I live in Oslo.", user_id: site.user };
      expectAnswer(await site.batch("POST /v1/memories", sent), 201, {
        ...writtenMemory,
        status: "processing",
        facts: [],
      });
    },
  ),
  check("batch.writes.mined", "`status` becomes `ready`, and the memory has its facts.", async (site) => {
    const memory = await write(site, "I live in Oslo.");
    const fact = memory.facts.find(({ object }) => object.includes("Oslo"));
    expectThat(fact !== undefined, "a fact about Oslo", memory.facts);
    expectThat(fact.source_memory_id === memory.id, `the source ${memory.id}`, fact.source_memory_id);
  }),
  check(
    "batch.writes.defaults",
    "Fields that are absent or null are null in the answer, and `metadata` is `{}`.",
    async ({ batch }) => {
      const nulls = { user_id: null, agent_id: null, run_id: null } as const;
      for (const fields of [{}, { ...nulls, metadata: null }]) {
        const answer = await batch("POST /v1/memories", { content: "The office opens at nine.", ...fields });
        const { metadata } = expectAnswer(answer, 201, { ...writtenMemory, ...nulls });
        expectThat(Object.keys(metadata).length === 0, "empty metadata", metadata);
      }
    },
  ),
  check("batch.writes.metadata", "`metadata` comes back exactly, with nested values.", async (site) => {
    const metadata = {
      list: [1, "2", null, { deep: true }],
      text: "é\n",
      number: 1.5,
      nothing: null,
      empty: {},
    };
    const { id } = await write(site, "Plays the harp.", { metadata });
    const read = expectAnswer(await site.batch(`GET /v1/memories/${id}`), 200, {
      ...storedMemory,
      metadata,
    });
    const names = Object.keys(read.metadata).toSorted().join();
    expectThat(
      names === Object.keys(metadata).toSorted().join(),
      "no other key in the metadata",
      read.metadata,
    );
  }),
  check(
    "batch.writes.large-metadata",
    "`metadata` of 8,000 bytes is accepted, and of more than 8 KB refused.",
    async (site) => {
      const send = (length: number) =>
        site.batch("POST /v1/memories", {
          content: "Likes tea.",
          user_id: site.user,
          metadata: { a: "x".repeat(length) },
        });
      expectAnswer(await send(7900), 201, writtenMemory);
      expectAnswer(await send(9000), 422, batchError("invalid_request", containing("metadata")));
    },
  ),
  check("batch.writes.timestamp", "`timestamp` becomes the `valid_from` of the facts.", async (site) => {
    const { facts } = await write(site, "I live in Oslo.", { timestamp: "2026-03-01" });
    const fact = facts.find(({ object }) => object.includes("Oslo"));
    expectThat(
      fact?.valid_from?.startsWith("2026-03-01") === true,
      "valid_from 2026-03-01",
      fact?.valid_from,
    );
  }),
  check(
    "batch.writes.blank",
    "Blank `content` is 422 `invalid_request`, and the message names it.",
    async (site) => {
      for (const content of ["", "   ", "\n\t", null, 5]) {
        const answer = await site.batch("POST /v1/memories", { content, user_id: site.user });
        expectAnswer(answer, 422, batchError("invalid_request", containing("content")));
      }
    },
  ),
  check("batch.writes.longest", "`content` may have up to 16,000 characters.", async (site) => {
    const send = (length: number) =>
      site.batch("POST /v1/memories", { content: "x".repeat(length), user_id: site.user });
    expectAnswer(await send(16_000), 201, writtenMemory);
    expectAnswer(await send(16_001), 422, batchError("invalid_request", containing("content")));
  }),
  check(
    "batch.writes.unknown-key",
    "An unknown key is 422 `invalid_request`, and the message names it.",
    async (site) => {
      const answer = await site.batch("POST /v1/memories", {
        content: "Likes tea.",
        user_id: site.user,
        colour: "red",
      });
      expectAnswer(answer, 422, batchError("invalid_request", containing("colour")));
    },
  ),
  check(
    "batch.writes.long-id",
    "A `user_id`, `agent_id` or `run_id` of more than 255 characters is refused.",
    async (site) => {
      for (const field of ["user_id", "agent_id", "run_id"]) {
        const answer = await site.batch("POST /v1/memories", {
          content: "Likes tea.",
          [field]: "x".repeat(256),
        });
        expectAnswer(answer, 422, batchError("invalid_request", containing(field)));
      }
    },
  ),
  check(
    "batch.writes.bad-timestamp",
    "An unreadable `timestamp` is 422 `invalid_request`, and the message names the field.",
    async (site) => {
      const answer = await site.batch("POST /v1/memories", {
        content: "Likes tea.",
        user_id: site.user,
        timestamp: "yesterday",
      });
      const sentence = containing("timestamp 'yesterday' is not an ISO 8601 date or datetime");
      expectAnswer(answer, 422, batchError("invalid_request", sentence));
    },
  ),
  check(
    "batch.writes.supersedes",
    "A mined fact that contradicts an older one invalidates it.",
    async (site) => {
      await write(site, "I live in Paris.", { timestamp: "2026-01-01" });
      await write(site, "I moved to Berlin.", { timestamp: "2026-02-01" });
      const facts = await listFacts(site, "&include_invalidated=true");
      const paris = facts.find(({ object }) => object.includes("Paris"));
      const berlin = facts.find(({ object }) => object.includes("Berlin"));
      expectThat(paris !== undefined && berlin !== undefined, "facts about Paris and Berlin", facts);
      expectValue("the old fact", paris, { invalid_at: filledText, invalidated_by: berlin.id });
      expectValue("the new fact", berlin, { invalid_at: null, invalidated_by: null });
    },
  ),
  check("batch.writes.fact-for-user", "Facts of one user never touch those of another.", async (site) => {
    const other = await addFact(site, "User", "lives in", "Paris", { user_id: `${site.user}.other` });
    await write(site, "I live in Berlin.");
    const answer = await site.batch(`GET /v1/facts?user_id=${site.user}.other`);
    expectAnswer(answer, 200, { facts: [{ id: other.id, invalid_at: null }], total: 1 });
  }),
  check("batch.writes.read-at-once", "A memory can be read at once by its id.", async (site) => {
    const answer = await site.batch("POST /v1/memories", { content: "Likes tea.", user_id: site.user });
    const { id } = expectAnswer(answer, 201, writtenMemory);
    expectAnswer(await site.batch(`GET /v1/memories/${id}`), 200, { ...storedMemory, id });
    await awaitMining(site, id);
  }),
  check(
    "batch.writes.empty-ids",
    "An empty `user_id`, `agent_id` or `run_id` counts as none.",
    async (site) => {
      const none = { user_id: null, agent_id: null, run_id: null } as const;
      const empty = { user_id: "", agent_id: "", run_id: "" };
      const memory = { content: "The office opens at nine.", ...empty };
      expectAnswer(await site.batch("POST /v1/memories", memory), 201, { ...writtenMemory, ...none });
      const { id } = await write(site, "The harp is old.");
      const body = { query: "harp", ...empty, user_id: site.user };
      expectAnswer(await site.batch("POST /v1/memories/search", body), 200, { results: [{ id }] });
    },
  ),
];
