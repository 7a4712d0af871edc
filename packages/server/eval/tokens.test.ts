import { describe, expect, it } from "vitest";
import { tokenF1, tokensOf } from "./tokens.ts";

describe("tokensOf", () => {
  it("leaves out stop words, persons and plain endings", () => {
    expect(tokensOf("I have two dogs, and they're LOVED by my parties!")).toEqual([
      "two",
      "dog",
      "lov",
      "party",
    ]);
    expect(tokensOf("User's dog is loving it.")).toEqual(["dog", "lov"]);
  });
});

describe("tokenF1", () => {
  it("is 1 for the same words in another order, 0 if no word is shared", () => {
    expect(tokenF1(["a", "b"], ["b", "a"])).toBe(1);
    expect(tokenF1(["a"], ["b"])).toBe(0);
    expect(tokenF1([], [])).toBe(0);
  });

  it("counts a word as often as both have it", () => {
    expect(tokenF1(["a", "a", "b"], ["a"])).toBe(0.5);
  });
});
