import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createReader, textOf } from "./reader.ts";

describe("createReader", () => {
  it("returns every sentence as it was written", () => {
    const line = "I live in the U.S. with Dr. Smith. My e-mail is sam@example.com, and I'm 5!";
    const sentences = createReader()(line);
    expect(sentences.map(textOf).join(" ")).toBe(line);
    expect(sentences).toHaveLength(2);
  });

  it("reads words of any script as words, and returns them as they were written", () => {
    const sentences = createReader()(
      "I live in Hà Nội. I'm from Łódź. My name is हिमांशु. I love 東京 and Москва!",
    );
    expect(sentences.map((tokens) => tokens.map(({ text }) => text))).toEqual([
      ["I", "live", "in", "Hà", "Nội", "."],
      ["I'm", "from", "Łódź", "."],
      ["My", "name", "is", "हिमांशु", "."],
      ["I", "love", "東京", "and", "Москва", "!"],
    ]);
  });

  it("omits and adds nothing, for any text", () => {
    const read = createReader();
    const piece = fc.oneof(
      fc.constantFrom(
        "I",
        "live",
        "don't",
        "Mr.",
        "U.S.",
        "…",
        "3.5",
        "🍕",
        "Nội.",
        "e\u0301",
        "@sam",
        "#tag",
        ":)",
      ),
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }).filter((text) => !/[\s\p{C}]/u.test(text)),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const line = pieces.join(" ");
        const tokens = read(line).flat();
        expect(tokens.map(({ text }) => text).join("")).toBe(line.replaceAll(" ", ""));
      }),
    );
  });

  it("distinguishes English words from others", () => {
    const [sentence = []] = createReader()("Blorptastic constructor dogs");
    expect(sentence.map(({ inLexicon }) => inLexicon)).toEqual([false, true, true]);
  });

  it("returns no sentences for an empty text", () => {
    expect(createReader()("")).toEqual([]);
  });

  it("reads the same after more words than its model can keep", () => {
    const read = createReader();
    const before = read("I knit blorptastic jumpers.");
    for (let line = 0; line < 2_200; line += 1) {
      read(Array.from({ length: 60 }, (_, word) => `${(line * 60 + word).toString(36)}xyz`).join(" "));
    }
    expect(read("I knit blorptastic jumpers.")).toEqual(before);
  });

  it("reads the same with the 25th reader of a process as with the first", () => {
    const sentences = Array.from({ length: 25 }, () => createReader()("I live in Oslo."));
    expect(new Set(sentences.map((read) => JSON.stringify(read)))).toHaveProperty("size", 1);
  });
});
