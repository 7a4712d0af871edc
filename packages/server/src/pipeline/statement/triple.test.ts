import * as fc from "fast-check";
import { expect, test } from "vitest";
import { sentenceOf, tripleOf } from "./triple.ts";
import { topicOf } from "./topic.ts";

test.each([
  ["User works for Acme.", "self", "works at", "Acme", "employment"],
  ["User lives in Rome.", "self", "lives in", "Rome", "location"],
  ["User is a nurse.", "self", "is", "a nurse", "employment"],
  ["User is allergic to nuts.", "self", "is allergic to", "nuts", "health"],
  ["User has two kids.", "self", "has", "two kids", "relationship"],
  ["User does not like tea.", "self", "does not like", "tea", "preference"],
  ["User no longer lives in Rome.", "self", "no longer lives in", "Rome", "location"],
  ["User wants to learn Spanish.", "self", "wants to learn", "Spanish", "activity"],
  ["User smokes.", "self", "does", "smokes", "activity"],
  ["User's favorite color is blue.", "self", "favorite color is", "blue", "preference"],
  ["User's name is Bob.", "self", "name is", "Bob", "identity"],
  ["User's sister Ana works at Acme.", "Ana", "works at", "Acme", "employment"],
  ["User's dog is called Max.", "dog", "is called", "Max", "relationship"],
  ["Kwame has moved to Toronto.", "Kwame", "has moved to", "Toronto", "location"],
  ["User works at Galp Energia now.", "self", "works at", "Galp Energia", "employment"],
  ["User works at Galp Energia these days.", "self", "works at", "Galp Energia", "employment"],
  ["User lives in Rome, currently.", "self", "lives in", "Rome", "location"],
  ["User has two kids at the moment.", "self", "has", "two kids", "relationship"],
  ["User plays golf right now.", "self", "plays", "golf", "activity"],
  ["User smokes nowadays.", "self", "does", "smokes", "activity"],
  ["User waits until now.", "self", "waits", "until now", "activity"],
])("%s is about %s: %s %s", (text, subject, predicate, object, family) => {
  const { factType } = topicOf(text);
  expect(tripleOf(text, factType)).toMatchObject({ subject, predicate, object, predicateFamily: family });
});

test("every text has a subject, a predicate and an object", () => {
  const words = fc.array(
    fc.constantFrom("User", "User's", "is", "not", "to", "has", "dog", "Ana", "a", "", ".", "x"),
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        words.map((all) => all.join(" ")),
      ),
      (text) => {
        const { subject, predicate, object } = tripleOf(text, null);
        for (const part of [subject, predicate, object]) expect(part).not.toBe("");
      },
    ),
  );
});

test.each(["User's favorite color is blue.", "User smokes.", "User has two kids.", "Ana works at Acme."])(
  "the triple of %s reads as the same sentence",
  (text) => {
    expect(sentenceOf(tripleOf(text, null))).toBe(text);
  },
);

test("a triple reads as a sentence, in which the user is `User`", () => {
  expect(sentenceOf({ subject: "self", predicate: "works_at", object: "Acme" })).toBe("User works at Acme.");
  expect(sentenceOf({ subject: "Alice", predicate: "LIVES_IN", object: "Rome." })).toBe(
    "Alice lives in Rome.",
  );
});
