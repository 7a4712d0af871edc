import { check, checkAlone } from "../check.ts";
import { expectAnswer, expectStatus, expectThat } from "../expect.ts";
import { CheckSkipped } from "../check-failure.ts";
import { containing, count, timestamp } from "../pattern.ts";
import { callWithKey, need } from "../prepare.ts";
import { batchError, batchJob } from "./documents.ts";
import type { Site } from "../check.ts";

const exhausted = (site: Site) => callWithKey(site, need(site.target.exhaustedKey, "a key without quota"));

export const limitChecks = [
  check(
    "batch.limits.quota",
    "A write beyond the month is 429 `quota_exceeded` with `limit`, `used` and `resets_at`.",
    async (site) => {
      const answer = await exhausted(site)("POST /v1/memories", {
        content: "Likes tea.",
        user_id: site.user,
      });
      const quota = { limit: count, used: count, resets_at: timestamp } as const;
      expectAnswer(answer, 429, { ...batchError("quota_exceeded"), ...quota });
    },
  ),
  check(
    "batch.limits.quota-no-wait",
    "`quota_exceeded` has no `Retry-After`, because a client would sleep for days.",
    async (site) => {
      const answer = await exhausted(site)("POST /v1/memories", {
        content: "Likes tea.",
        user_id: site.user,
      });
      expectStatus(answer, 429);
      expectThat(answer.header("retry-after") === null, "no Retry-After", answer.header("retry-after"));
    },
  ),
  check(
    "batch.limits.batch-quota",
    "A batch that does not fit the month is 429 `quota_exceeded` without `Retry-After`.",
    async (site) => {
      const memories = Array.from({ length: 20 }, () => ({ content: "Likes tea.", user_id: site.user }));
      const answer = await exhausted(site)("POST /v1/batch", { memories });
      expectAnswer(answer, 429, batchError("quota_exceeded"));
      expectThat(answer.header("retry-after") === null, "no Retry-After", answer.header("retry-after"));
    },
  ),
  check(
    "batch.limits.agents",
    "A new agent over the cap is refused with 403 `agent_cap_exceeded`.",
    async (site) => {
      const call = callWithKey(site, need(site.target.oneAgentKey, "a key with one agent"));
      const writeAs = (agent_id: string) =>
        call("POST /v1/memories", { content: "Likes tea.", user_id: site.user, agent_id });
      const first = await writeAs(site.agent);
      expectStatus(first, 201, 403);
      expectAnswer(await writeAs(`${site.agent}.2`), 403, batchError("agent_cap_exceeded"));
    },
  ),
  checkAlone(
    "batch.limits.unfinished",
    "With 3 unfinished batches a fourth is 429 `too_many_batches`, without `Retry-After`.",
    async (site) => {
      const memories = Array.from({ length: 500 }, (_, index) => ({
        content: `I have visited place ${index}.`,
        user_id: site.user,
      }));
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => site.batch("POST /v1/batch", { memories })),
      );
      for (const answer of answers) expectStatus(answer, 202, 429);
      const accepted = answers.filter(({ status }) => status === 202);
      for (const answer of accepted) {
        const { id } = expectAnswer(answer, 202, batchJob);
        await site.until("the batch ends", async () => {
          const { status } = expectAnswer(await site.batch(`GET /v1/batch/${id}`), 200, batchJob);
          return ["completed", "failed"].includes(status) || undefined;
        });
      }
      const refused = answers.filter(({ status }) => status === 429);
      if (refused.length === 0)
        throw new CheckSkipped("the server finished 8 batches too fast, or has no such limit");
      const message = containing("batches are still being imported; wait for one to finish.");
      for (const answer of refused) {
        expectAnswer(answer, 429, batchError("too_many_batches", message));
        expectThat(answer.header("retry-after") === null, "no Retry-After", answer.header("retry-after"));
      }
    },
  ),
];
