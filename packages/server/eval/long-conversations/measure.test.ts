import { expect, test } from "vitest";
import { measure } from "./measure.ts";

const question = {
  question: "Where does Ann live?",
  answer: "in Graz, Austria",
  category: "home",
  evidence: ["d1", "d2"],
};

test("evidence counts by message, answer words by word, and only results that fit", async () => {
  const results = [
    { text: "Ann lives in Graz.", diaIds: ["d1"] },
    { text: "x".repeat(990), diaIds: ["d9"] },
    { text: "Austria is cold.", diaIds: ["d2"] },
  ];
  const measures = await measure([{ question, ask: () => results }]);
  expect(measures.get("home")).toEqual(measures.get("all"));
  expect(measures.get("all")).toMatchObject({
    "10 results": { evidence: 1, answerWords: 1 },
    "1,000 characters": { evidence: 0.5, answerWords: 0.5 },
    "2,000 characters": { evidence: 1, answerWords: 1 },
  });
});

test("a question without evidence counts for the answer words alone", async () => {
  const measures = await measure([
    { question, ask: () => [{ text: "Graz, Austria", diaIds: ["d1", "d2"] }] },
    { question: { ...question, evidence: [] }, ask: () => [] },
  ]);
  expect(measures.get("all")?.["5 results"]).toEqual({ evidence: 1, answerWords: 0.5 });
});
