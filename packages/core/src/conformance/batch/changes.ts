import { check } from "../check.ts";
import { expectAnswer, expectStatus, expectThat, expectValue } from "../expect.ts";
import { containing, listOf, oneOf, timestamp } from "../pattern.ts";
import { awaitMining, listFacts, write } from "../prepare.ts";
import { auditId, batchError, writtenMemory } from "./documents.ts";

const history = {
  events: listOf({
    event: oneOf("created", "updated", "fact_extracted", "fact_invalidated", "deleted"),
    at: timestamp,
  }),
} as const;

export const changeChecks = [
  check(
    "batch.changes.patch",
    "`PATCH /v1/memories/{id}` with `content` answers 200 with the changed memory.",
    async (site) => {
      const { id } = await write(site, "Likes tea.");
      const answer = await site.batch(`PATCH /v1/memories/${id}`, { content: "Likes coffee." });
      expectAnswer(answer, 200, { ...writtenMemory, id, content: "Likes coffee." });
      expectAnswer(await site.batch(`GET /v1/memories/${id}`), 200, { content: "Likes coffee." });
    },
  ),
  check(
    "batch.changes.patch-mines",
    "The facts of a changed memory are mined again, and supersede the old ones.",
    async (site) => {
      const { id } = await write(site, "I live in Paris.");
      await site.batch(`PATCH /v1/memories/${id}`, { content: "I live in Berlin." });
      await awaitMining(site, id);
      const facts = await listFacts(site);
      const objects = facts.map(({ object }) => object).join();
      expectThat(
        /Berlin/.test(objects) && !/Paris/.test(objects),
        "an active fact about Berlin and none about Paris",
        objects,
      );
    },
  ),
  check(
    "batch.changes.patch-confirms",
    "A fact that a changed memory still states is confirmed and keeps its id.",
    async (site) => {
      const before = await write(site, "I live in Paris.");
      await site.batch(`PATCH /v1/memories/${before.id}`, { content: "I live in Paris!" });
      await awaitMining(site, before.id);
      const facts = await listFacts(site);
      const [paris] = before.facts;
      expectThat(
        paris !== undefined && facts.some(({ id }) => id === paris.id),
        `the fact ${paris?.id}`,
        facts,
      );
    },
  ),
  check("batch.changes.fresh", "PATCH with the `updated_at` that was read succeeds.", async (site) => {
    const { id, updated_at, created_at } = await write(site, "Likes tea.");
    const body = { content: "Likes coffee.", expected_updated_at: updated_at ?? created_at };
    expectStatus(await site.batch(`PATCH /v1/memories/${id}`, body), 200);
  }),
  check(
    "batch.changes.tolerance",
    "`expected_updated_at` may differ by less than a second.",
    async (site) => {
      const { id, updated_at, created_at } = await write(site, "Likes tea.");
      const near = new Date(Date.parse(updated_at ?? created_at) - 900).toISOString();
      expectStatus(
        await site.batch(`PATCH /v1/memories/${id}`, { content: "Likes coffee.", expected_updated_at: near }),
        200,
      );
    },
  ),
  check(
    "batch.changes.stale",
    "PATCH with an older `expected_updated_at` is 409 `stale_write` and changes nothing.",
    async (site) => {
      const { id } = await write(site, "Likes tea.");
      const body = { content: "Likes coffee.", expected_updated_at: "2020-01-01T00:00:00Z" };
      expectAnswer(await site.batch(`PATCH /v1/memories/${id}`, body), 409, batchError("stale_write"));
      expectAnswer(await site.batch(`GET /v1/memories/${id}`), 200, { content: "Likes tea." });
    },
  ),
  check(
    "batch.changes.blank",
    "PATCH with blank or missing `content` is 422 `invalid_request`.",
    async (site) => {
      const { id } = await write(site, "Likes tea.");
      for (const body of [{ content: " " }, { content: "" }, {}]) {
        const answer = await site.batch(`PATCH /v1/memories/${id}`, body);
        expectAnswer(answer, 422, batchError("invalid_request", containing("content")));
      }
    },
  ),
  check(
    "batch.changes.delete",
    "`DELETE /v1/memories/{id}` answers `forgotten`, the invalidated facts and an audit id.",
    async (site) => {
      const { id } = await write(site, "I live in Oslo.");
      const receipt = { id, status: "forgotten", facts_invalidated: 1, audit_id: auditId } as const;
      expectAnswer(await site.batch(`DELETE /v1/memories/${id}`), 200, receipt);
    },
  ),
  check(
    "batch.changes.deleted",
    "GET, list and search no longer find a deleted memory; a second DELETE is 404.",
    async (site) => {
      const { id } = await write(site, "I have a parrot named Polly.");
      expectStatus(await site.batch(`DELETE /v1/memories/${id}`), 200);
      expectAnswer(await site.batch(`GET /v1/memories/${id}`), 404, batchError("not_found"));
      expectAnswer(await site.batch(`GET /v1/memories?user_id=${site.user}`), 200, {
        memories: [],
        total: 0,
      });
      const found = await site.batch("POST /v1/memories/search", { query: "parrot", user_id: site.user });
      expectAnswer(found, 200, { results: [] });
      expectAnswer(await site.batch(`DELETE /v1/memories/${id}`), 404, batchError("not_found"));
    },
  ),
  check(
    "batch.changes.deleted-facts",
    "Deleting ends the facts that only this memory stated.",
    async (site) => {
      const { id } = await write(site, "I live in Oslo.");
      await site.batch(`DELETE /v1/memories/${id}`);
      expectAnswer(await site.batch(`GET /v1/facts?user_id=${site.user}`), 200, { facts: [], total: 0 });
      const facts = await listFacts(site, "&include_invalidated=true");
      expectThat(facts.length === 1 && facts[0]?.invalid_at !== null, "the ended fact as history", facts);
    },
  ),
  check("batch.changes.shared-fact", "A fact that another memory states too stays active.", async (site) => {
    const first = await write(site, "I live in Oslo.");
    await write(site, "I live in Oslo!");
    await site.batch(`DELETE /v1/memories/${first.id}`);
    const facts = await listFacts(site);
    expectThat(facts.length === 1 && facts[0]?.invalid_at === null, "one active fact", facts);
  }),
  check(
    "batch.changes.history",
    "The history has the creation of the memory and the facts that were mined.",
    async (site) => {
      const { id } = await write(site, "I live in Oslo.");
      const answer = await site.batch(`GET /v1/memories/${id}/history`);
      const { events } = expectAnswer(answer, 200, { ...history, id });
      const words = events.map(({ event }) => event);
      expectThat(
        words.includes("created") && words.includes("fact_extracted"),
        "created and fact_extracted",
        words,
      );
    },
  ),
  check("batch.changes.history-facts", "An event about a fact has its id and its sentence.", async (site) => {
    const { id, facts } = await write(site, "I live in Oslo.");
    const answer = await site.batch(`GET /v1/memories/${id}/history`);
    const { events } = expectAnswer(answer, 200, history);
    const [fact] = facts;
    const event = events.find((each) => each.event === "fact_extracted");
    const sentence = fact && `${fact.subject} ${fact.predicate} ${fact.object}`;
    expectValue("event", event, {
      event: "fact_extracted",
      at: timestamp,
      fact: sentence,
      fact_id: fact?.id,
    });
  }),
  check(
    "batch.changes.history-updates",
    "A change adds `updated` and `fact_invalidated` to the history.",
    async (site) => {
      const { id } = await write(site, "I live in Paris.");
      await site.batch(`PATCH /v1/memories/${id}`, { content: "I live in Berlin." });
      await awaitMining(site, id);
      const { events } = expectAnswer(await site.batch(`GET /v1/memories/${id}/history`), 200, history);
      const words = events.map(({ event }) => event);
      expectThat(
        words.includes("updated") && words.includes("fact_invalidated"),
        "updated and fact_invalidated",
        words,
      );
    },
  ),
];
