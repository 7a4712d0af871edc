import { check } from "../check.ts";
import { expectAnswer, expectThat } from "../expect.ts";
import { containing, count, filledText, flag, listOf, recordOf } from "../pattern.ts";
import { addFact } from "../prepare.ts";
import { batchError, fact } from "./documents.ts";

const profile = {
  user_id: filledText,
  facts: listOf(fact),
  by_family: recordOf(listOf(fact)),
  total: count,
  truncated: flag,
} as const;

export const profileChecks = [
  check(
    "batch.profile.shape",
    "`GET /v1/profile` answers the active facts of a user, also by family.",
    async (site) => {
      const { id } = await addFact(site, "User", "lives in", "Oslo", { subject_type: "self" });
      const answer = await site.batch(`GET /v1/profile?user_id=${site.user}`);
      const { by_family } = expectAnswer(answer, 200, {
        ...profile,
        user_id: site.user,
        facts: [{ ...fact, id }],
        total: 1,
        truncated: false,
      });
      expectThat(by_family["location"]?.[0]?.id === id, "the fact in the family location", by_family);
    },
  ),
  check(
    "batch.profile.order",
    "The user's own facts come first, then the newest by `valid_from`.",
    async (site) => {
      await addFact(site, "Bob", "owns", "Rex", { subject_type: "person", valid_from: "2026-03-01" });
      await addFact(site, "User", "likes", "tea", { subject_type: "self", valid_from: "2026-01-01" });
      await addFact(site, "User", "likes", "chess", { subject_type: "self", valid_from: "2026-02-01" });
      const answer = await site.batch(`GET /v1/profile?user_id=${site.user}`);
      expectAnswer(answer, 200, { facts: [{ object: "chess" }, { object: "tea" }, { object: "Rex" }] });
    },
  ),
  check("batch.profile.active", "A fact that is over is not in the profile.", async (site) => {
    const { id } = await addFact(site, "User", "likes", "tea", { subject_type: "self" });
    await site.batch(`POST /v1/facts/${id}/forget`, {});
    expectAnswer(await site.batch(`GET /v1/profile?user_id=${site.user}`), 200, {
      facts: [],
      total: 0,
      truncated: false,
    });
  }),
  check(
    "batch.profile.as-of",
    "`as_of` shows the profile of that moment, and comes back in the answer.",
    async (site) => {
      await addFact(site, "User", "lives in", "Paris", { subject_type: "self", valid_from: "2026-01-01" });
      await addFact(site, "User", "lives in", "Berlin", { subject_type: "self", valid_from: "2026-02-01" });
      const answer = await site.batch(`GET /v1/profile?user_id=${site.user}&as_of=2026-01-15`);
      expectAnswer(answer, 200, { as_of: containing("2026-01-15"), facts: [{ object: "Paris" }], total: 1 });
    },
  ),
  check("batch.profile.now", "Without `as_of`, the `as_of` of the answer is null.", async (site) => {
    expectAnswer(await site.batch(`GET /v1/profile?user_id=${site.user}`), 200, { as_of: null });
    expectAnswer(await site.batch(`GET /v1/profile?user_id=${site.user}&as_of=2026-01-15`), 200, {
      as_of: containing("2026-01-15"),
    });
  }),
  check("batch.profile.agent", "`agent_id` narrows the profile.", async (site) => {
    await addFact(site, "User", "likes", "tea", { subject_type: "self", agent_id: site.agent });
    await addFact(site, "User", "likes", "chess", { subject_type: "self" });
    const answer = await site.batch(`GET /v1/profile?user_id=${site.user}&agent_id=${site.agent}`);
    expectAnswer(answer, 200, { facts: [{ object: "tea" }], total: 1 });
  }),
  check("batch.profile.user", "`user_id` is required and has 1 to 255 characters.", async ({ batch }) => {
    for (const query of ["", "?user_id=", `?user_id=${"x".repeat(256)}`]) {
      expectAnswer(
        await batch(`GET /v1/profile${query}`),
        422,
        batchError("invalid_request", containing("user_id")),
      );
    }
  }),
  check("batch.profile.unknown", "The profile of an unknown user is empty.", async ({ batch, user }) => {
    expectAnswer(await batch(`GET /v1/profile?user_id=${user}`), 200, {
      ...profile,
      facts: [],
      total: 0,
      truncated: false,
    });
  }),
  check(
    "batch.profile.truncated",
    "A profile has at most 200 facts, and `truncated` is true if there are more.",
    async (site) => {
      const objects = Array.from({ length: 201 }, (_, index) => `place ${index}`);
      await Promise.all(objects.map((object) => addFact(site, "Ada", "has visited", object)));
      const answer = await site.batch(`GET /v1/profile?user_id=${site.user}`);
      const { facts } = expectAnswer(answer, 200, { ...profile, truncated: true });
      expectThat(facts.length === 200, "200 facts", facts.length);
    },
  ),
];
