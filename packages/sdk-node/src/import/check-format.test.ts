import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { checkFormat } from "./check-format.ts";

async function* chunksOf(bytes: Uint8Array, length: number): AsyncGenerator<Uint8Array, void, undefined> {
  for (let start = 0; start < bytes.length; start += length) yield bytes.subarray(start, start + length);
}

/** The bytes that pass the check, as text. */
async function passed(bytes: Uint8Array, chunkLength = 7): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of await checkFormat(chunksOf(bytes, chunkLength))) parts.push(part);
  return Buffer.concat(parts).toString();
}

describe("the beginning of an import", () => {
  const line = `{"content":"Likes tea, and more."}\n`;

  it.each([
    ["gzip", gzipSync(line), "gunzip"],
    ["a zip archive", Buffer.from("PK\u0003\u0004…"), "unzip"],
    ["UTF-16 with a mark", Buffer.from(`\uFEFF${line}`, "utf16le"), "iconv"],
    ["UTF-16 without a mark", Buffer.from(line, "utf16le"), "iconv"],
    ["big-endian UTF-16", Buffer.from(line, "utf16le").swap16(), "iconv"],
    ["CSV", Buffer.from('content,"user id"\r\nLikes tea,ann\r\n'), "CSV"],
    ["columns between tabs", Buffer.from("content\tuser_id\nLikes tea\tann\n"), "CSV"],
  ])("is refused with advice if it is %s", async (_, bytes, advice) => {
    await expect(passed(bytes)).rejects.toThrow(advice);
  });

  it.each([
    ["lines of JSON", line.repeat(500)],
    ["nothing", ""],
    ["a broken line", `Likes tea, and more!\n${line}`],
  ])("passes whole, in chunks of any length, if it is %s", async (_, text) => {
    for (const chunkLength of [1, 7, 100_000])
      expect(await passed(Buffer.from(text), chunkLength)).toBe(text);
  });
});
