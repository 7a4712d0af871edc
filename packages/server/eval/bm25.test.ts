import { describe, expect, it } from "vitest";
import { createBm25 } from "./bm25.ts";

describe("createBm25", () => {
  const search = createBm25(["the cat sat", "the dog sat on the long long road", "The DOG barks", "a bird"]);

  it("ranks a rare word above a frequent one, and a short document above a long one", () => {
    expect(search("the dog", 5)).toEqual([2, 1, 0]);
    expect(search("cat sat", 1)).toEqual([0]);
  });

  it("finds nothing if no word is shared", () => {
    expect(search("fish", 5)).toEqual([]);
    expect(createBm25([])("fish", 5)).toEqual([]);
  });
});
