import { describe, expect, it } from "vitest";
import { changesIn } from "./changes.ts";

describe("changes", () => {
  it.each([
    ["Crete is off, the airline went bust.", ["Crete is off.", "User's airline went bust."]],
    ["down to one coffee a day now", ["User is down to one coffee a day now."]],
    [
      "our second was born in April, so two kids now",
      ["User's second was born in April.", "User has two kids now."],
    ],
    ["Poor Mole passed away in March", ["Mole passed away in March."]],
    ["we migrated the site off Heroku", ["User migrated the site off Heroku."]],
    ["no more student visa!", ["User has no more student visa."]],
    ["Since Amélie moved out", ["Amélie moved out."]],
    ["the flat was sold in may", ["User's flat was sold in may."]],
    ["I need a gift for Ana. she's not at the bank any more", ["Ana is not at the bank anymore."]],
  ])("are read without a subject or verb of the user: %j", (said, expected) => {
    expect(changesIn(said, false)).toEqual(expected);
  });

  it.each([
    "If I won the lottery I'd sell the flat",
    "I might quit my job",
    "We nearly moved to Mombasa",
    "In my novel the hero left her husband",
    "Have you sold your car?",
    "I like tea",
  ])("are not read from wishes, stories, questions and states: %j", (said) => {
    expect(changesIn(said, true)).toEqual([]);
  });

  it("are those of the last person who was named, if a clause has no subject", () => {
    expect(changesIn("My brother has quit driving, sold his Tesla", false)).toEqual([
      "User's brother has quit driving.",
    ]);
  });

  it("are read from the whole sentence if nothing else is read in it", () => {
    expect(changesIn("got rid of it, no more Netflix", true)).toContain(
      "User got rid of it, no more Netflix.",
    );
  });
});
