import { Readable } from "node:stream";
import fc from "fast-check";
import { expect, test } from "vitest";
import { joinLines, splitLines } from "./lines.ts";

async function* cut(bytes: Buffer, sizes: readonly number[]) {
  let start = 0;
  for (let index = 0; start < bytes.length; index += 1) {
    const size = sizes[index % sizes.length]!;
    yield bytes.subarray(start, start + size);
    start += size;
  }
}

async function collect(parts: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const all: Uint8Array[] = [];
  for await (const part of parts) all.push(part);
  return all;
}

test("lines stay the same when they are joined, cut anywhere and split", () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(fc.string(), fc.constant("x".repeat(70_000))).filter((line) => !line.includes("\n"))),
      fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1 }),
      async (lines, sizes) => {
        const given = lines.map((line) => Buffer.from(line));
        const blocks = await collect(joinLines(Readable.from(given)));
        const split = await collect(splitLines(cut(Buffer.concat(blocks), sizes)));
        expect(split.map((line) => Buffer.from(line).toString())).toEqual(given.map(String));
      },
    ),
  ));
