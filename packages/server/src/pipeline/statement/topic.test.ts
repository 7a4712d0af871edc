import { describe, expect, it } from "vitest";
import { topicOf } from "./topic.ts";

describe("topicOf", () => {
  it.each([
    ["User lives in Paris.", "home", "home"],
    ["User currently lives in the United States.", "home", "home"],
    ["User moved to Berlin last year.", "home", "home"],
    ["User lives in a small town.", "home", null],
    ["User grew up in Ohio.", "origin", null],
    ["User is from Texas.", "origin", null],
    ["User's name is Sam.", "name", "name"],
    ["User is 40 years old.", "age", "age"],
    ["User was born on 3 May.", "birthday", "birthday"],
    ["User works as a nurse.", "job", "job"],
    ["User is a pediatric nurse now.", "job", "job"],
    ["User is retired.", "job", "job"],
    ["User works at Google.", "job", "job:employer"],
    ["User is a singer.", "job", null],
    ["User is a student.", "education", null],
    ["User is married.", "relationship", "relationship-status"],
    ["User has two kids.", "relationship", "children"],
    ["User has a sister.", "relationship", null],
    ["User's wife is a doctor.", "relationship", "wife:job"],
    ["User has a dog named Rex.", "pet", null],
    ["User is vegan.", "diet", "diet"],
    ["User is a vegan chef.", "job", "job"],
    ["User is allergic to nuts.", "health", null],
    ["User likes jazz.", "preference", null],
    ["User is really into opera.", "preference", null],
    ["User's favorite color is blue.", "preference", "favourite:color"],
    ["User's favourite movies are old.", "preference", "favourite:movie"],
    ["User's email is sam@example.com.", "contact", "contact:email"],
    ["User has always wanted to travel.", "plan", null],
    ["User can swim.", "ability", null],
    ["User has been to Rome.", "experience", null],
    ["User bought a bike.", "experience", null],
    ["User plays chess.", "activity", null],
    ["User has a bike.", "possession", null],
    ["User is tall.", "identity", null],
    ["User's budget is $500.", null, "own:budget:amount"],
    ["User's brother Kwame lives in Accra.", "relationship", "kwame:home"],
    ["Kwame has moved to Toronto.", "relationship", "kwame:home"],
    ["User's daughter turned 6.", "relationship", "daughter:age"],
    ["User's boss is Karen.", null, "own:boss:name"],
    ["User's new manager is Tom.", null, "own:boss:name"],
    ["User's wedding is on 3 June.", null, "own:wedding:time"],
    ["User's wedding was moved to 5 July.", null, "own:wedding:time"],
    ["User's wedding is in Rome.", null, "own:wedding:place"],
    ["User's car is old.", null, null],
    ["User weighs 75 kg now.", "health", "own:weight:amount"],
    ["Something else.", null, null],
  ])("finds what %j is about", (text, factType, slot) => {
    expect(topicOf(text)).toEqual({ factType, slot, retracts: false });
  });

  it.each(["User does not live in Paris.", "User is not married.", "User is not a nurse."])(
    "fills no slot with a denial: %j",
    (text) => {
      expect(topicOf(text).slot).toBeNull();
    },
  );

  it.each([
    ["User no longer eats meat.", "diet", null],
    ["User does not have a dog anymore.", "pet", null],
    ["User quit smoking.", "experience", null],
    ["User quit their job.", "job", "job"],
    ["User lost their job.", "job", "job"],
  ])("recognises that something ended: %j", (text, factType, slot) => {
    expect(topicOf(text)).toEqual({ factType, slot, retracts: true });
  });
});
