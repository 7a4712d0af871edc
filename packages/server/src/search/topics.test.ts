import { describe, expect, test } from "vitest";
import { wordsRelatedTo } from "./topics.ts";

describe("the related words of a query", () => {
  test.each([
    ["what does the user like to EAT?", "food"],
    ["eating", "cuisine"],
    ["dinner plans", "restaurant"],
    ["Where do they live", "city"],
    ["works", "employer"],
    ["any pets?", "dog"],
    ["movies", "film"],
  ])("%j: %s", (query, word) => {
    expect(wordsRelatedTo(query)).toContain(word);
  });

  test("are at most twelve, of all its topics, and never its own", () => {
    const query = "food and drink at home with the family";
    const related = wordsRelatedTo(query);
    expect(related.length).toBeLessThanOrEqual(12);
    expect(related).toEqual(expect.arrayContaining(["cuisine", "coffee", "city", "parents"]));
    for (const word of query.split(" ")) expect(related).not.toContain(word);
  });

  test.each(["", "Kubernetes", "What is her name?", "🙂 日本"])("are none for %j", (query) => {
    expect(wordsRelatedTo(query)).toEqual([]);
  });
});
