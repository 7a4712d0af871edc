import { check } from "../check.ts";
import { expectAnswer, expectStatus, expectThat } from "../expect.ts";
import { addFact, callWithKey, listFacts, need, remember, write } from "../prepare.ts";
import { auditId, batchError } from "./documents.ts";

export const eraseChecks = [
  check(
    "batch.erase.user",
    "`DELETE /v1/users/{user_id}/memories` answers the counts, `permanent` and an audit id.",
    async (site) => {
      await write(site, "Water boils at a hundred degrees.");
      await addFact(site, "Ada", "owns", "Rex");
      const counts = {
        memories_deleted: 1,
        facts_deleted: 1,
        memories_forgotten: 1,
        facts_invalidated: 1,
      } as const;
      const receipt = { user_id: site.user, ...counts, erasure: "permanent", audit_id: auditId } as const;
      expectAnswer(await site.batch(`DELETE /v1/users/${site.user}/memories`), 200, receipt);
    },
  ),
  check(
    "batch.erase.gone",
    "After the erasure, no memory, fact, event or context of the user is left.",
    async (site) => {
      const { id } = await write(site, "I have a parrot named Polly.");
      expectStatus(await site.batch(`DELETE /v1/users/${site.user}/memories`), 200);
      expectAnswer(await site.batch(`GET /v1/memories/${id}`), 404, batchError("not_found"));
      expectAnswer(await site.batch(`GET /v1/memories?user_id=${site.user}`), 200, {
        memories: [],
        total: 0,
      });
      expectThat(
        (await listFacts(site, "&include_invalidated=true")).length === 0,
        "no fact, not even an ended one",
      );
      expectAnswer(await site.batch(`GET /v1/events?user_id=${site.user}`), 200, { events: [] });
      const context = await site.batch(`GET /v1/context?user_id=${site.user}&query=parrot`);
      expectStatus(context, 200);
      expectThat(!context.text.includes("Polly"), "no word of the memory in the context", context.text);
    },
  ),
  check(
    "batch.erase.history",
    "Memories that were deleted before are erased too, with their history.",
    async (site) => {
      const { id } = await write(site, "I have a parrot named Polly.");
      await site.batch(`DELETE /v1/memories/${id}`);
      expectStatus(await site.batch(`DELETE /v1/users/${site.user}/memories`), 200);
      expectAnswer(await site.batch(`GET /v1/memories/${id}/history`), 404, batchError("not_found"));
    },
  ),
  check("batch.erase.unknown-user", "Erasing an unknown user is 200 with zeros.", async ({ batch, user }) => {
    const receipt = { user_id: user, memories_deleted: 0, facts_deleted: 0, erasure: "permanent" } as const;
    expectAnswer(await batch(`DELETE /v1/users/${user}/memories`), 200, receipt);
  }),
  check("batch.erase.others", "Erasing a user touches no other user.", async (site) => {
    await write(site, "Water boils at a hundred degrees.", { user_id: `${site.user}.other` });
    await write(site, "Water boils at a hundred degrees.");
    expectStatus(await site.batch(`DELETE /v1/users/${site.user}/memories`), 200);
    expectAnswer(await site.batch(`GET /v1/memories?user_id=${site.user}.other`), 200, { total: 1 });
  }),
  check("batch.erase.encoded", "A user id is one percent-encoded segment of the path.", async (site) => {
    const name = `${site.user} a/b?c#d`;
    await write(site, "Notes.", { user_id: name });
    const answer = await site.batch(`DELETE /v1/users/${encodeURIComponent(name)}/memories`);
    expectAnswer(answer, 200, { user_id: name, memories_deleted: 1 });
  }),
  check(
    "batch.erase.both-dialects",
    "Erasing a user also erases what came in through the ingest dialect.",
    async (site) => {
      const job = await remember(site, ["I live in Oslo."]);
      expectStatus(await site.batch(`DELETE /v1/users/${site.user}/memories`), 200);
      for (const { id } of job.result.memories_created) {
        expectStatus(await site.ingest(`GET /v1/memories/${id}`), 404);
      }
    },
  ),
  check(
    "batch.erase.agent",
    "`DELETE /v1/agents/{id}` answers the counts and an audit id; the agent's memories are gone.",
    async (site) => {
      const { id } = await write(site, "Water boils at a hundred degrees.", { agent_id: site.agent });
      await addFact(site, "Ada", "owns", "Rex", { agent_id: site.agent });
      const receipt = {
        agent_id: site.agent,
        memories_deleted: 1,
        facts_deleted: 1,
        audit_id: auditId,
      } as const;
      expectAnswer(await site.batch(`DELETE /v1/agents/${site.agent}`), 200, receipt);
      expectAnswer(await site.batch(`GET /v1/memories/${id}`), 404, batchError("not_found"));
    },
  ),
  check(
    "batch.erase.unknown-agent",
    "Erasing an unknown agent is 404 `not_found`, and the message names it.",
    async ({ batch, agent }) => {
      const answer = await batch(`DELETE /v1/agents/${agent}`);
      const { message } = expectAnswer(answer, 404, batchError("not_found"));
      const sentence = `No agent namespace '${agent}' in this project.`;
      expectThat(message === sentence, sentence, message);
    },
  ),
  check(
    "batch.erase.encoded-agent",
    "An agent id is one percent-encoded segment of the path.",
    async (site) => {
      const name = `${site.agent}#1 a/b?c`;
      await write(site, "Notes.", { agent_id: name });
      const answer = await site.batch(`DELETE /v1/agents/${encodeURIComponent(name)}`);
      expectAnswer(answer, 200, { agent_id: name, memories_deleted: 1 });
    },
  ),
  check("batch.erase.scope", "Another organisation erases nothing here.", async (site) => {
    const other = callWithKey(site, need(site.target.otherKey, "a key of another organisation"));
    await write(site, "Notes.", { agent_id: site.agent });
    expectAnswer(await other(`DELETE /v1/users/${site.user}/memories`), 200, { memories_deleted: 0 });
    expectAnswer(await other(`DELETE /v1/agents/${site.agent}`), 404, batchError("not_found"));
    expectAnswer(await site.batch(`GET /v1/memories?user_id=${site.user}`), 200, { total: 1 });
  }),
];
