import { describe, expect, it } from "vitest";
import { wordBagOf } from "./word-bag.ts";

describe("the main words of a statement", () => {
  it.each([
    ["User speaks fluent Tagalog.", "User's Tagalog is fluent."],
    ["User is a terrible sleeper.", "User sleeps terribly."],
    ["User is married to Ingrid.", "User's wife is Ingrid."],
    ["User drives a Volvo V60.", "User's car is a Volvo V60."],
    ["User studied architecture in Delft.", "User's degree is in architecture, from Delft."],
  ])("are the same for another wording: %j, %j", (one, other) => {
    expect(wordBagOf(one)).not.toBeNull();
    expect(wordBagOf(other)).toBe(wordBagOf(one));
  });

  it.each([
    ["User worked in Oslo.", "User works in Oslo."],
    ["User likes country music.", "User's favorite music is country music."],
    ["User drives a Volvo V60.", "User drives a Volvo V90."],
  ])("differ for another meaning: %j, %j", (one, other) => {
    expect(wordBagOf(other)).not.toBe(wordBagOf(one));
  });

  it("are not compared if their order matters", () => {
    expect(wordBagOf("User moved from Rome to Oslo.")).toBeNull();
    expect(wordBagOf("User prefers tea instead of coffee.")).toBeNull();
  });
});
