import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fingerprintOf, oppositeOf, propositionOf } from "./fingerprint.ts";

describe("fingerprintOf", () => {
  it.each([
    ["User likes hiking.", "User likes to hike."],
    ["User has a dog.", "User has dogs."],
    ["User studies law.", "user STUDIES law!!"],
    ["User really likes the movie.", "User likes movies."],
    ["User's favorite color is blue.", "User's favourite colour is blue."],
    ["User likes running, and baking.", "User likes running and baking"],
    ["User does not have any pets.", "User has no pets."],
    ["User no longer eats meat.", "User does not eat meat anymore."],
    ["User quit smoking.", "User does not smoke."],
    ["User likes hiking.", "User is a big fan of hiking."],
    ["User hates olives.", "User does not like olives."],
    ["User works as a nurse.", "User is a nurse."],
    ["User's home is in Oslo.", "User is based in Oslo."],
    ["User is 40 years old.", "User turned forty."],
    ["User owns two cats.", "User has 2 cats."],
    ["User has a dog called Rex.", "User's dog's name is Rex."],
    ["User is allergic to nuts.", "User has a nut allergy."],
    ["User no longer wants to become a pilot.", "User does not want to be a pilot."],
    ["User drinks a lot of tea.", "User drinks tea these days."],
  ])("is the same for %j and %j", (one, other) => {
    expect(fingerprintOf(one)).toBe(fingerprintOf(other));
  });

  it.each([
    ["User likes tea.", "User likes coffee."],
    ["User likes dogs.", "User has dogs."],
    ["User lives in Rome.", "User works in Rome."],
    ["User's dog's name is Rex.", "User's name is Rex."],
    ["User lives in Rome.", "User lived in Rome."],
    ["User codes in C.", "User codes in C++."],
    ["User's name is Sam.", "User is Sam."],
    ["User mag Straßen.", "User mag Bäume."],
    ["User 😀", "User 😢"],
  ])("differs for %j and %j", (one, other) => {
    expect(fingerprintOf(one)).not.toBe(fingerprintOf(other));
  });

  it.each([
    ["User likes tea.", "User does not like tea."],
    ["User is married.", "User is not married."],
    ["User has been to Rome.", "User has never been to Rome."],
    ["User's dog is friendly.", "User's dog is not friendly."],
    ["User can swim.", "User can not swim."],
    ["User smokes.", "User stopped smoking."],
  ])("of %j is the opposite of that of %j", (statement, denial) => {
    expect(fingerprintOf(denial)).toBe(oppositeOf(fingerprintOf(statement)));
    expect(fingerprintOf(statement)).toBe(oppositeOf(fingerprintOf(denial)));
  });

  it("denies only what the statement itself denies", () => {
    expect(propositionOf("User likes dogs that do not bark.").denied).toBe(false);
  });

  it("ignores case, punctuation and articles", () => {
    const word = fc.stringMatching(/^z[a-z]{1,8}$/); // no article, auxiliary or "not" begins with a z
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), (words) => {
        const plain = fingerprintOf(`User ${words.join(" ")}.`);
        expect(fingerprintOf(`USER THE ${words.join(", ").toUpperCase()}!`)).toBe(plain);
      }),
    );
  });

  it("is short and never empty for any text", () => {
    fc.assert(
      fc.property(fc.fullUnicodeString({ maxLength: 400 }), (text) => {
        expect(fingerprintOf(`User ${text}.`).length).toBeLessThanOrEqual(65);
        expect(fingerprintOf(text)).not.toBe("");
      }),
    );
  });
});
