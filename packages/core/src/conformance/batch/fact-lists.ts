import { check } from "../check.ts";
import { expectAnswer, expectThat } from "../expect.ts";
import { addFact, listFacts } from "../prepare.ts";
import { fact, factPage } from "./documents.ts";

const objectsOf = (facts: readonly { readonly object: string }[]) =>
  facts
    .map(({ object }) => object)
    .toSorted()
    .join();

export const factListChecks = [
  check(
    "batch.facts.list.shape",
    "`GET /v1/facts` answers the active facts and their total.",
    async (site) => {
      const { id } = await addFact(site, "Ada", "works at", "Acme");
      const answer = await site.batch(`GET /v1/facts?user_id=${site.user}`);
      expectAnswer(answer, 200, { ...factPage, facts: [{ ...fact, id }], total: 1 });
    },
  ),
  check(
    "batch.facts.list.sides",
    "`subject` finds facts by their subject only; `entity` finds them by subject or object.",
    async (site) => {
      await addFact(site, "Ada", "knows", "Bob");
      await addFact(site, "Bob", "owns", "Rex");
      expectThat(objectsOf(await listFacts(site, "&subject=Bob")) === "Rex", "the fact with the subject Bob");
      expectThat(objectsOf(await listFacts(site, "&entity=Bob")) === "Bob,Rex", "both facts with Bob");
    },
  ),
  check(
    "batch.facts.list.canonical",
    "`subject_canonical` and `object_canonical` are names: of what has one name only, the name in the fact.",
    async (site) => {
      const { id } = await addFact(site, "Ada", "works at", "The Harp Company");
      const [found] = await listFacts(site);
      const { subject_canonical: subject, object_canonical: object } = found ?? {};
      const isName = (canonical: unknown, name: string) =>
        canonical === null ||
        (typeof canonical === "string" && canonical.toLowerCase() === name.toLowerCase());
      expectThat(found?.id === id, id, found);
      expectThat(isName(subject, "Ada") && isName(object, "The Harp Company"), "both names", found);
    },
  ),
  check(
    "batch.facts.list.empty",
    "An empty `subject`, `entity`, `predicate` or `predicate_family` narrows nothing.",
    async (site) => {
      await addFact(site, "Ada", "owns", "Rex");
      const facts = await listFacts(site, "&subject=&entity=&predicate=&predicate_family=");
      expectThat(objectsOf(facts) === "Rex", "the fact", facts);
    },
  ),
  check("batch.facts.list.predicate", "`predicate` narrows the facts.", async (site) => {
    const { predicate } = await addFact(site, "Ada", "owns", "Rex");
    await addFact(site, "Ada", "knows", "Bob");
    const facts = await listFacts(site, `&predicate=${encodeURIComponent(predicate)}`);
    expectThat(objectsOf(facts) === "Rex", "the fact with the predicate", facts);
  }),
  check(
    "batch.facts.list.family",
    "A fact about where someone works is in the family `employment`; `predicate_family` narrows by family.",
    async (site) => {
      await addFact(site, "User", "works at", "Acme", { subject_type: "self" });
      await addFact(site, "User", "lives in", "Oslo", { subject_type: "self" });
      expectThat(objectsOf(await listFacts(site, "&predicate_family=employment")) === "Acme", "the job");
      expectThat(objectsOf(await listFacts(site, "&predicate_family=location")) === "Oslo", "the home");
    },
  ),
  check("batch.facts.list.as-of", "`as_of` shows the facts that were true at that moment.", async (site) => {
    await addFact(site, "User", "lives in", "Paris", { subject_type: "self", valid_from: "2026-01-01" });
    await addFact(site, "User", "lives in", "Berlin", { subject_type: "self", valid_from: "2026-02-01" });
    expectThat(objectsOf(await listFacts(site, "&as_of=2026-01-15")) === "Paris", "Paris in January");
    expectThat(
      objectsOf(await listFacts(site, "&as_of=2026-02-15T00:00:00Z")) === "Berlin",
      "Berlin in February",
    );
    expectThat(objectsOf(await listFacts(site, "&as_of=2025-12-31")) === "", "nothing before");
  }),
  check(
    "batch.facts.list.as-of-zone",
    "`as_of` without an offset is in UTC, and a date means its midnight.",
    async (site) => {
      await addFact(site, "User", "lives in", "Paris", {
        subject_type: "self",
        valid_from: "2026-01-01T00:00:00Z",
      });
      expectThat(objectsOf(await listFacts(site, "&as_of=2026-01-01")) === "Paris", "Paris from midnight");
      expectThat(
        objectsOf(await listFacts(site, "&as_of=2025-12-31T23:59:59")) === "",
        "nothing a second before",
      );
      expectThat(
        objectsOf(await listFacts(site, `&as_of=${encodeURIComponent("2026-01-01T01:00:00+02:00")}`)) === "",
        "nothing at 23:00 UTC",
      );
    },
  ),
  check("batch.facts.list.agent", "`agent_id` narrows the facts.", async (site) => {
    await addFact(site, "Ada", "owns", "Rex", { agent_id: site.agent });
    await addFact(site, "Ada", "knows", "Bob");
    expectThat(
      objectsOf(await listFacts(site, `&agent_id=${site.agent}`)) === "Rex",
      "the fact of the agent",
    );
  }),
  check(
    "batch.facts.list.pages",
    "`limit` and `offset` give pages; `total` counts all facts.",
    async (site) => {
      for (const object of ["tea", "rain", "chess"]) await addFact(site, "Ada", "likes", object);
      const pages = [];
      for (const query of ["limit=2", "limit=2&offset=2"]) {
        pages.push(
          expectAnswer(await site.batch(`GET /v1/facts?user_id=${site.user}&${query}`), 200, {
            ...factPage,
            total: 3,
          }),
        );
      }
      expectThat(
        objectsOf(pages.flatMap(({ facts }) => facts)) === "chess,rain,tea",
        "each fact on one page",
        pages,
      );
    },
  ),
  check("batch.facts.list.run", "`run_id` in the query is ignored, not refused.", async (site) => {
    await addFact(site, "Ada", "owns", "Rex");
    expectThat(objectsOf(await listFacts(site, "&run_id=one")) === "Rex", "the fact");
  }),
  check(
    "batch.facts.list.flag",
    "`include_invalidated` is also true as `1`, `True`, `yes` or `on`, and false as `0`, `no` or `off`.",
    async (site) => {
      const { id } = await addFact(site, "Ada", "owns", "Rex");
      await site.batch(`POST /v1/facts/${id}/forget`, {});
      for (const [words, found] of [
        [["true", "1", "True", "yes", "on"], "Rex"],
        [["false", "0", "False", "no", "off"], ""],
      ] as const) {
        for (const word of words) {
          const facts = await listFacts(site, `&include_invalidated=${word}`);
          expectThat(objectsOf(facts) === found, `'${found}' with include_invalidated=${word}`, facts);
        }
      }
    },
  ),
];
