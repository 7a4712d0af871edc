import { check } from "../check.ts";
import { expectAnswer, expectThat, expectValue } from "../expect.ts";
import { containing } from "../pattern.ts";
import { addFact, listFacts } from "../prepare.ts";
import { batchError, writtenFact } from "./documents.ts";

export const factChecks = [
  check(
    "batch.facts.post.created",
    "`POST /v1/facts` answers 201 with the fact, its defaults and what it invalidated.",
    async (site) => {
      const sent = {
        subject: "Ada",
        predicate: "works at",
        object: "Acme",
        user_id: site.user,
        agent_id: site.agent,
      };
      const defaults = {
        confidence: 0.9,
        tense: "current",
        object_is_literal: false,
        subject_type: "unknown",
      } as const;
      const state = {
        invalid_at: null,
        invalidated_by: null,
        observation_count: 1,
        invalidated: [],
      } as const;
      const answer = await site.batch("POST /v1/facts", sent);
      expectAnswer(answer, 201, {
        ...writtenFact,
        ...defaults,
        ...state,
        subject: "Ada",
        object: "Acme",
        user_id: site.user,
        agent_id: site.agent,
      });
    },
  ),
  check(
    "batch.facts.post.fields",
    "`POST /v1/facts` keeps `subject_type`, `object_is_literal`, `confidence`, `valid_from` and `tense`.",
    async (site) => {
      const more = {
        subject_type: "person",
        object_is_literal: true,
        confidence: 0.5,
        tense: "planned",
      } as const;
      const added = await addFact(site, "Ada", "visits", "Rome", { ...more, valid_from: "2026-03-01" });
      expectValue("fact", added, { ...writtenFact, ...more, valid_from: containing("2026-03-01") });
    },
  ),
  check("batch.facts.post.trims", "`subject`, `predicate` and `object` are trimmed.", async (site) => {
    expectValue("fact", await addFact(site, "  Ada ", " visits\t", " Rome\n"), {
      subject: "Ada",
      object: "Rome",
    });
  }),
  check(
    "batch.facts.post.bounds",
    "`subject` and `predicate` have 1 to 200 characters, `object` 1 to 500.",
    async (site) => {
      const sent = { subject: "Ada", predicate: "visits", object: "Rome", user_id: site.user };
      for (const [field, length] of [
        ["subject", 200],
        ["predicate", 200],
        ["object", 500],
      ] as const) {
        for (const value of ["", "   ", "x".repeat(length + 1), undefined]) {
          const answer = await site.batch("POST /v1/facts", { ...sent, [field]: value });
          expectAnswer(answer, 422, batchError("invalid_request", containing(field)));
        }
      }
      await addFact(site, "x".repeat(200), "visits", "y".repeat(500));
    },
  ),
  check(
    "batch.facts.post.refuses",
    "A `confidence` above 1, an unknown `tense` and a long `subject_type` are 422.",
    async (site) => {
      const sent = { subject: "Ada", predicate: "visits", object: "Rome", user_id: site.user };
      for (const [field, value] of [
        ["confidence", 1.1],
        ["confidence", -0.1],
        ["tense", "future"],
        ["subject_type", "x".repeat(21)],
      ] as const) {
        const answer = await site.batch("POST /v1/facts", { ...sent, [field]: value });
        expectAnswer(answer, 422, batchError("invalid_request", containing(field)));
      }
    },
  ),
  check(
    "batch.facts.post.contradicts",
    "A fact that contradicts an active one invalidates it and names it.",
    async (site) => {
      const old = await addFact(site, "User", "lives in", "Paris", {
        subject_type: "self",
        valid_from: "2026-01-01",
      });
      const young = await addFact(site, "User", "lives in", "Berlin", {
        subject_type: "self",
        valid_from: "2026-02-01",
      });
      expectValue("the new fact", young, { invalidated: [old.id], invalid_at: null });
      const facts = await listFacts(site, "&include_invalidated=true");
      const closed = facts.find(({ id }) => id === old.id);
      expectValue("the old fact", closed, { invalid_at: containing("2026-02-01"), invalidated_by: young.id });
    },
  ),
  check(
    "batch.facts.post.past",
    "A fact of the `tense` `past` closes the open fact that it restates.",
    async (site) => {
      await addFact(site, "User", "works at", "Acme", { subject_type: "self", valid_from: "2026-01-01" });
      await addFact(site, "User", "works at", "Acme", { subject_type: "self", tense: "past" });
      const facts = await listFacts(site);
      expectThat(
        facts.every(({ tense }) => tense === "past"),
        "no open fact about Acme",
        facts,
      );
    },
  ),
  check("batch.facts.post.planned", "A planned fact does not invalidate the current one.", async (site) => {
    const home = await addFact(site, "User", "lives in", "Paris", { subject_type: "self" });
    await addFact(site, "User", "lives in", "Berlin", { subject_type: "self", tense: "planned" });
    const facts = await listFacts(site);
    expectThat(
      facts.some(({ id }) => id === home.id),
      "the home in Paris as an active fact",
      facts,
    );
  }),
  check(
    "batch.facts.post.subject-type",
    "`subject_type` comes back as it was sent, with at most 20 characters.",
    async (site) => {
      const person = await addFact(site, "Bob", "owns", "Rex", { subject_type: "person" });
      expectThat(person.subject_type === "person", "the subject type person", person.subject_type);
      const own = await addFact(site, "User", "likes", "tea", { subject_type: "self" });
      expectThat(own.subject_type === "self", "the subject type self", own.subject_type);
      const sent = { subject: "Bob", predicate: "owns", object: "Rex", user_id: site.user };
      const long = { ...sent, subject_type: "x".repeat(21) };
      const refusal = batchError("invalid_request", containing("subject_type"));
      expectAnswer(await site.batch("POST /v1/facts", long), 422, refusal);
    },
  ),
];
