import type { FactWire } from "@memlane/core";
import { expect, test } from "vitest";
import { describeFact } from "./describe-fact.ts";

const fact: FactWire = {
  id: "fct_1",
  subject: "self",
  predicate: "works at",
  object: "Acme",
  predicate_family: "employment",
  predicate_raw: "works for",
  subject_type: "self",
  object_is_literal: false,
  confidence: 0.9,
  user_id: "ann",
  agent_id: null,
  valid_from: "2026-01-01T23:30:00-02:00",
  invalid_at: null,
  invalidated_by: null,
  source_memory_id: null,
  source_memory_ids: [],
  created_at: "2026-02-01T00:00:00Z",
  tense: "current",
  observation_count: 1,
  last_confirmed_at: "2026-01-02T12:00:00Z",
  subject_canonical: "self",
  object_canonical: "acme",
};

test.each<[Partial<FactWire>, string]>([
  [{}, "(since 2026-01-02)"],
  [{ last_confirmed_at: null }, "(since 2026-01-02)"],
  [{ last_confirmed_at: "2026-03-01T00:00:00Z" }, "(since 2026-01-02, confirmed 2026-03-01)"],
  [{ observation_count: 3 }, "(since 2026-01-02, seen 3x)"],
  [{ valid_from: null, last_confirmed_at: null }, "(since 2026-02-01)"],
  [{ invalid_at: "2026-05-01T00:00:00Z" }, "(since 2026-01-02)  [superseded 2026-05-01]"],
  [{ invalid_at: "2027-05-01T00:00:00Z" }, "(since 2026-01-02)  [until 2027-05-01]"],
  [{ tense: "past" }, "(since 2026-01-02)  [past]"],
  [{ tense: "past", invalid_at: "2026-01-05T00:00:00Z" }, "(since 2026-01-02)  [past, ended by 2026-01-05]"],
  [{ tense: "planned" }, "(since 2026-01-02)  [planned, not done]"],
  [
    { tense: "planned", invalid_at: "2027-05-01T00:00:00Z" },
    "(since 2026-01-02)  [until 2027-05-01]  [planned, not done]",
  ],
])("a fact with %j is one line with its times", (fields, times) => {
  const line = describeFact({ ...fact, ...fields }, new Date("2026-12-01T00:00:00Z"));
  expect(line).toBe(`self · works at · Acme  ${times}`);
});

test.each([
  ["Globex", "Globex (then: Acme)"],
  ["acme", "Acme"],
  ["", "Acme"],
  [null, "Acme"],
])("an object that is now called %j is printed as %s", (object_canonical, printed) => {
  expect(describeFact({ ...fact, object_canonical }, new Date())).toContain(`works at · ${printed}  (since`);
});
