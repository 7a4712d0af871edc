import { describe, expect, it } from "vitest";
import { isPast, thirdPersonOf } from "./verb-forms.ts";

describe("thirdPersonOf", () => {
  it.each([
    ["am", "is"],
    ["have", "has"],
    ["do", "does"],
    ["go", "goes"],
    ["study", "studies"],
    ["play", "plays"],
    ["watch", "watches"],
    ["miss", "misses"],
    ["fix", "fixes"],
    ["focus", "focuses"],
    ["tango", "tangoes"],
    ["woo", "woos"],
    ["live", "lives"],
    ["can", "can"],
    ["constructor", "constructors"],
  ])("turns %j into %j", (verb, third) => {
    expect(thirdPersonOf(verb)).toBe(third);
  });
});

describe("isPast", () => {
  it.each(["worked", "went", "was", "quit", "bought"])("recognises the past in %j", (verb) => {
    expect(isPast(verb)).toBe(true);
  });

  it.each(["work", "need", "bring", "feed", "have"])("recognises the present in %j", (verb) => {
    expect(isPast(verb)).toBe(false);
  });

  it.each(["been", "done", "going", "taken"])("recognises neither in %j", (verb) => {
    expect(isPast(verb)).toBeNull();
  });
});
