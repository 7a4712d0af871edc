import { describe, expect, it } from "vitest";
import { createReader, textOf } from "./reader.ts";

describe("createReader", () => {
  it("gives back every sentence as it was written", () => {
    const line = "I live in the U.S. with Dr. Smith. My e-mail is sam@example.com, and I'm 5!";
    const sentences = createReader()(line);
    expect(sentences.map(textOf).join(" ")).toBe(line);
    expect(sentences).toHaveLength(2);
  });

  it("tells words that English has from others", () => {
    const [sentence = []] = createReader()("Blorptastic constructor dogs");
    expect(sentence.map(({ known }) => known)).toEqual([false, true, true]);
  });

  it("reads nothing into nothing", () => {
    expect(createReader()("")).toEqual([]);
  });

  it("reads on as before after more words than its model can hold", () => {
    const read = createReader();
    const before = read("I knit blorptastic jumpers.");
    for (let line = 0; line < 2_200; line += 1) {
      read(Array.from({ length: 60 }, (_, word) => `${(line * 60 + word).toString(36)}xyz`).join(" "));
    }
    expect(read("I knit blorptastic jumpers.")).toEqual(before);
  });
});
