import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitLines, type SourceLine } from "./split-lines.ts";

async function* chunksOf(bytes: Uint8Array, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  let start = 0;
  for (const cut of cuts.map((place) => place % (bytes.length + 1)).toSorted((a, b) => a - b)) {
    yield bytes.subarray(start, cut);
    start = cut;
  }
  yield bytes.subarray(start);
}

async function linesOf(input: string | Uint8Array, maximumBytes?: number, cuts: readonly number[] = []) {
  const lines: SourceLine[] = [];
  const bytes = typeof input === "string" ? Buffer.from(input) : input;
  for await (const line of splitLines(chunksOf(bytes, cuts), maximumBytes)) lines.push(line);
  return lines;
}

describe("splitLines", () => {
  it("numbers the lines from 1 and keeps their length in the file", async () => {
    expect(await linesOf("a\n\nbé\n")).toEqual([
      { number: 1, byteLength: 2, text: "a" },
      { number: 2, byteLength: 1, text: "" },
      { number: 3, byteLength: 4, text: "bé" },
    ]);
  });

  it("reads a last line without an end", async () => {
    expect(await linesOf("a\nb")).toMatchObject([{ text: "a" }, { text: "b", byteLength: 1 }]);
  });

  it("has no lines for an empty file", async () => {
    expect(await linesOf("")).toEqual([]);
  });

  it("accepts the line ends of Windows, and a byte order mark", async () => {
    expect(await linesOf("\uFEFFa\r\nb\r\n")).toMatchObject([{ text: "a" }, { text: "b" }]);
  });

  it("does not split at separators that JSON may contain", async () => {
    expect(await linesOf('"a\u2028b\u2029c\u0085d"\n')).toMatchObject([{ text: '"a\u2028b\u2029c\u0085d"' }]);
  });

  it("skips a line that is not UTF-8, and no other", async () => {
    const bytes = Buffer.concat([Buffer.from("a\n"), Buffer.from([0xff, 0x0a]), Buffer.from("é\n")]);
    expect(await linesOf(bytes)).toMatchObject([
      { text: "a" },
      { problem: "is not valid UTF-8" },
      { text: "é" },
    ]);
  });

  it("skips a line that is too long, and no other", async () => {
    const lines = await linesOf(`ab\n${"x".repeat(50)}\ncd\n`, 10, [7, 20, 30]);
    expect(lines).toEqual([
      { number: 1, byteLength: 3, text: "ab" },
      { number: 2, byteLength: 51, problem: "is longer than 10 bytes" },
      { number: 3, byteLength: 3, text: "cd" },
    ]);
  });

  it("finds the same lines however the bytes are split", async () => {
    const text = fc.string({ unit: fc.constantFrom("a", "é", "🦊", "\n", "\r\n", "\u2028", " ") });
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat()), async (input, cuts) => {
        expect(await linesOf(input, undefined, cuts)).toEqual(await linesOf(input));
      }),
    );
  });

  it("accounts for every byte", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), fc.array(fc.nat()), async (bytes, cuts) => {
        const lines = await linesOf(bytes, 8, cuts);
        expect(lines.reduce((sum, { byteLength }) => sum + byteLength, 0)).toBe(bytes.length);
      }),
    );
  });
});
