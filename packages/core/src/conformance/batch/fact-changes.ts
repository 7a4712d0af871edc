import { check, type Site } from "../check.ts";
import { expectAnswer, expectThat, expectValue } from "../expect.ts";
import { containing, filledText, nullable, optional } from "../pattern.ts";
import { addFact, callWithKey, listFacts, need } from "../prepare.ts";
import { auditId, batchError, writtenFact } from "./documents.ts";

const addHome = (site: Site) =>
  addFact(site, "User", "lives in", "Paris", { subject_type: "self", valid_from: "2026-01-01" });

const moveHome = async (site: Site, { id }: { readonly id: string }) =>
  expectAnswer(await site.batch(`PATCH /v1/facts/${id}`, { object: "Berlin" }), 200, writtenFact);

export const factChangeChecks = [
  check(
    "batch.facts.patch.corrects",
    "`PATCH /v1/facts/{id}` answers the corrected fact; the first id in `invalidated` is the old one.",
    async (site) => {
      const home = await addHome(site);
      const corrected = await moveHome(site, home);
      expectValue("the corrected fact", corrected, { object: "Berlin", invalid_at: null });
      expectThat(corrected.id !== home.id, "a new id", corrected.id);
      expectThat(
        corrected.invalidated[0] === home.id,
        `${home.id} as the first of invalidated`,
        corrected.invalidated,
      );
    },
  ),
  check(
    "batch.facts.patch.history",
    "The old fact keeps `valid_from`, gets `invalid_at`, and names the fact that replaced it.",
    async (site) => {
      const home = await addHome(site);
      const { id } = await moveHome(site, home);
      const old = (await listFacts(site, "&include_invalidated=true")).find((each) => each.id === home.id);
      expectValue("the old fact", old, {
        object: "Paris",
        valid_from: home.valid_from,
        invalid_at: filledText,
        invalidated_by: id,
      });
    },
  ),
  check(
    "batch.facts.patch.confirms",
    "A correction that changes nothing keeps the id, invalidates nothing, and counts one more observation.",
    async (site) => {
      const home = await addHome(site);
      const answer = await site.batch(`PATCH /v1/facts/${home.id}`, { object: "Paris" });
      expectAnswer(answer, 200, {
        ...writtenFact,
        id: home.id,
        invalidated: [],
        observation_count: home.observation_count + 1,
      });
    },
  ),
  check(
    "batch.facts.patch.not-current",
    "PATCH of a replaced fact is 409 `fact_not_current` with the current id.",
    async (site) => {
      const home = await addHome(site);
      const { id } = await moveHome(site, home);
      const again = await site.batch(`PATCH /v1/facts/${home.id}`, { object: "Oslo" });
      expectAnswer(again, 409, { ...batchError("fact_not_current"), current_fact_id: id });
    },
  ),
  check(
    "batch.facts.patch.forgotten",
    "PATCH of a forgotten fact is 409 `fact_not_current` without a current id.",
    async (site) => {
      const home = await addHome(site);
      await site.batch(`POST /v1/facts/${home.id}/forget`, {});
      const answer = await site.batch(`PATCH /v1/facts/${home.id}`, { object: "Oslo" });
      expectAnswer(answer, 409, { ...batchError("fact_not_current"), current_fact_id: optional(null) });
    },
  ),
  check(
    "batch.facts.patch.empty",
    "PATCH without `subject`, `predicate` and `object` is 422 `invalid_request`.",
    async (site) => {
      const home = await addHome(site);
      expectAnswer(await site.batch(`PATCH /v1/facts/${home.id}`, {}), 422, batchError("invalid_request"));
      expectAnswer(
        await site.batch(`PATCH /v1/facts/${home.id}`, { object: " " }),
        422,
        batchError("invalid_request"),
      );
    },
  ),
  check(
    "batch.facts.unknown",
    "Changing and forgetting an unknown or malformed fact is 404 `not_found`.",
    async ({ batch }) => {
      for (const id of ["fct_00000000000000000000000000000000", "fct_1", "x"]) {
        expectAnswer(await batch(`PATCH /v1/facts/${id}`, { object: "Oslo" }), 404, batchError("not_found"));
        expectAnswer(await batch(`POST /v1/facts/${id}/forget`, {}), 404, batchError("not_found"));
      }
    },
  ),
  check("batch.facts.foreign", "Another organisation's fact looks as if it did not exist.", async (site) => {
    const other = callWithKey(site, need(site.target.otherKey, "a key of another organisation"));
    const home = await addHome(site);
    expectAnswer(await other(`PATCH /v1/facts/${home.id}`, { object: "Oslo" }), 404, batchError("not_found"));
    expectAnswer(await other(`POST /v1/facts/${home.id}/forget`, {}), 404, batchError("not_found"));
  }),
  check(
    "batch.facts.forget.answers",
    "`POST /v1/facts/{id}/forget` answers `forgotten`, `invalid_at` and an audit id.",
    async (site) => {
      const { id } = await addHome(site);
      const receipt = { id, status: "forgotten", invalid_at: filledText, audit_id: auditId } as const;
      expectAnswer(await site.batch(`POST /v1/facts/${id}/forget`, {}), 200, receipt);
      expectThat((await listFacts(site)).length === 0, "no active fact");
    },
  ),
  check("batch.facts.forget.no-body", "`POST /v1/facts/{id}/forget` needs no body.", async (site) => {
    for (const body of [undefined, ""]) {
      const { id } = await addFact(site, "Ada", "visits", `Rome ${body ?? "again"}`);
      expectAnswer(await site.batch(`POST /v1/facts/${id}/forget`, body), 200, { id, status: "forgotten" });
    }
  }),
  check(
    "batch.facts.forget.again",
    "A second forget answers `already_forgotten` with the same `invalid_at`.",
    async (site) => {
      const { id } = await addHome(site);
      const first = await site.batch(`POST /v1/facts/${id}/forget`, {});
      const { invalid_at } = expectAnswer(first, 200, { invalid_at: filledText });
      const again = { id, status: "already_forgotten", invalid_at, audit_id: nullable(auditId) } as const;
      expectAnswer(await site.batch(`POST /v1/facts/${id}/forget`, {}), 200, again);
    },
  ),
  check(
    "batch.facts.forget.at",
    "Forgetting with `at` ends the fact at that time; `as_of` before that time still finds the fact.",
    async (site) => {
      const { id } = await addHome(site);
      const answer = await site.batch(`POST /v1/facts/${id}/forget`, { at: "2026-02-01" });
      expectAnswer(answer, 200, { status: "forgotten", invalid_at: containing("2026-02-01") });
      const before = await listFacts(site, "&as_of=2026-01-15");
      expectValue("the facts in January", before, [{ id }]);
      expectThat((await listFacts(site, "&as_of=2026-02-15")).length === 0, "no fact in February");
    },
  ),
  check(
    "batch.facts.forget.bad-time",
    "Forgetting with an unreadable `at` is 422, and the fact stays active.",
    async (site) => {
      const { id } = await addHome(site);
      const answer = await site.batch(`POST /v1/facts/${id}/forget`, { at: "yesterday" });
      expectAnswer(answer, 422, batchError("invalid_request", containing("at")));
      expectThat((await listFacts(site)).length === 1, "the fact is still active");
    },
  ),
  check(
    "batch.facts.forget.later",
    "A fact that is forgotten as of a time to come stays active until then, and can be corrected.",
    async (site) => {
      const home = await addHome(site);
      const answer = await site.batch(`POST /v1/facts/${home.id}/forget`, { at: "2099-01-01" });
      expectAnswer(answer, 200, { status: "forgotten", invalid_at: containing("2099-01-01") });
      expectValue("the active facts", await listFacts(site), [
        { id: home.id, invalid_at: containing("2099-01-01") },
      ]);
      const corrected = await moveHome(site, home);
      expectThat(corrected.invalidated[0] === home.id, `${home.id} as the first of invalidated`, corrected);
    },
  ),
];
