import { expect, test } from "vitest";
import { tenseOf } from "./tense.ts";

test.each([
  ["User lives in Oslo.", "current"],
  ["User has lived in Oslo since 2019.", "current"],
  ["User is vegetarian.", "current"],
  ["User still works at Google.", "current"],
  ["User does not eat meat.", "current"],
  ["User can swim.", "current"],
  ["User's favorite color is blue.", "current"],
  ["User went to the dentist yesterday.", "past"],
  ["User used to smoke.", "past"],
  ["User just moved to Bern.", "past"],
  ["User's dog died last week.", "past"],
  ["User's dog Rex died last week.", "past"],
  ["User will travel in three weeks.", "planned"],
  ["User is going to quit smoking.", "planned"],
  ["User is planning a trip to Japan.", "planned"],
  ["User wants to buy a house.", "planned"],
  ["User might move.", null],
  ["Wow.", null],
])("the tense of %j is %j", (text, tense) => {
  expect(tenseOf(text)).toBe(tense);
});
