// An import that dies at any point, and continues from its checkpoint.
import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createScriptedServer, type ServerScript } from "../../test/scripted-server.ts";
import { openCheckpoint } from "./checkpoint.ts";
import { importLines, type ImportLinesOptions, type ImportReport } from "./import-lines.ts";
import { splitLines } from "./split-lines.ts";

let folder: string;
let files = 0;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), "memlane-resume-"))));
afterAll(() => rm(folder, { recursive: true }));
const newPath = () => join(folder, `checkpoint ${files++}`);

const identity = { server: "http://server/", org: "org", userId: "ann", limit: null };
const memory = (number: number) => ({ content: `memory ${number}` });
const conversation = (number: number) => ({
  id: `conversation ${number}`,
  messages: [{ role: "user", content: "Hi!" }],
});
const memories = (count: number) => Array.from({ length: count }, (_, number) => memory(number));

interface Attempt {
  readonly path: string;
  readonly lines: readonly (object | string)[];
  readonly server: ReturnType<typeof createScriptedServer>;
  readonly options?: ImportLinesOptions;
  readonly nowMs?: number;
}

async function attempt({ path, lines, server, options, nowMs = 0 }: Attempt): Promise<ImportReport> {
  const bytes = (async function* () {
    for (const line of lines)
      yield Buffer.from(`${typeof line === "string" ? line : JSON.stringify(line)}\n`);
  })();
  const checkpoint = await openCheckpoint(path, identity, () => nowMs);
  let isDone = false;
  try {
    const { client, runtime } = server;
    const { report } = await importLines(
      splitLines(bytes),
      { client, runtime, checkpoint },
      { userId: "ann", ...options },
    );
    isDone = report.isComplete;
    return report;
  } finally {
    await checkpoint.close(isDone);
  }
}

/** Dies at the n-th request, for each n. */
function mortal(deaths: readonly number[]): ServerScript {
  let seen = 0;
  const death = () => (deaths.includes(seen++) ? new TypeError("died") : undefined);
  return {
    judge: () => death() ?? "accept",
    onRead: () => {
      const error = death();
      if (error !== undefined) throw error;
    },
    // The last request was processed, but its answer was lost.
    landsUnanswered: true,
  };
}

describe("for all files and deaths", () => {
  it("each line is stored exactly once, and the report is that of an import that never died", async () => {
    const kinds = fc.constantFrom("memory", "conversation", "blank", "broken");
    const runs = fc.array(fc.tuple(kinds, fc.integer({ min: 1, max: 700 })), { minLength: 1, maxLength: 5 });
    const deaths = fc.uniqueArray(fc.nat({ max: 30 }), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(runs, deaths, async (parts, deadly) => {
        let number = 0;
        const lines = parts.flatMap(([kind, length]) =>
          Array.from({ length: kind === "conversation" ? Math.ceil(length / 100) : length }, () => {
            number += 1;
            if (kind === "blank") return "";
            return kind === "broken" ? "{" : kind === "memory" ? memory(number) : conversation(number);
          }),
        );
        const path = newPath();
        const server = createScriptedServer(mortal(deadly));
        let report: ImportReport | undefined;
        for (let lives = 0; report === undefined; lives += 1) {
          expect(lives).toBeLessThanOrEqual(deadly.length);
          report = await attempt({ path, lines, server }).catch((error: Error) => {
            if (error.message !== "died") throw error;
            return undefined;
          });
        }
        const wholes = lines.flatMap((line) =>
          typeof line === "string" ? [] : ["content" in line ? line.content : line.id],
        );
        expect(server.landed.toSorted()).toEqual(wholes.toSorted());

        const unharmed = await attempt({ path: newPath(), lines, server: createScriptedServer() });
        expect(report.counts).toEqual(unharmed.counts);
        expect(report.errors).toEqual(unharmed.errors);
        expect(report.isComplete).toBe(true);
        await expect(stat(path)).rejects.toMatchObject({ code: "ENOENT" });
      }),
      { numRuns: 40 },
    );
  });
});

/** A checkpoint of 2000 memories after the first chunk. */
async function leave(): Promise<Attempt> {
  const path = newPath();
  const controller = new AbortController();
  const server = createScriptedServer();
  const options = {
    signal: controller.signal,
    onOutcome: () => controller.abort(),
  };
  const report = await attempt({ path, lines: memories(2000), server, options });
  expect(report.isComplete).toBe(false);
  return { path, lines: memories(2000), server };
}

describe("an import that was left", () => {
  it("continues after the last line in its checkpoint", async () => {
    const left = await leave();
    const { lastLine } = JSON.parse((await readFile(left.path, "utf8")).trimEnd().split("\n").at(-1)!);
    const lineNumbers: number[] = [];
    const report = await attempt({ ...left, options: { onOutcome: ({ line }) => lineNumbers.push(line) } });
    expect(lineNumbers[0]).toBe(lastLine + 1);
    expect(report.counts).toMatchObject({ lines: 2000, imported: 2000, failed: 0 });
    expect(left.server.landed).toHaveLength(2000);
  });

  it("continues even if a crash cut off the last line of its checkpoint", async () => {
    const left = await leave();
    await appendFile(left.path, '{"lastLine":1500,"dig');
    expect((await attempt(left)).counts).toMatchObject({ lines: 2000, imported: 2000 });
    expect(left.server.landed).toHaveLength(2000);
  });

  it("does not continue with other lines", async () => {
    const left = await leave();
    const others = [{ content: "another" }, ...memories(2000)];
    await expect(attempt({ ...left, lines: others })).rejects.toThrow("these are not the lines");
    await expect(attempt({ ...left, lines: memories(3) })).rejects.toThrow("these are not the lines");
  });

  it("does not continue on another server", async () => {
    const { path } = await leave();
    await expect(openCheckpoint(path, { ...identity, server: "http://other/" })).rejects.toThrow(
      'begun with server "http://server/", not "http://other/"',
    );
  });

  it("does not continue if the server may have forgotten the keys", async () => {
    const left = await leave();
    const hourMs = 3_600_000;
    await expect(attempt({ ...left, nowMs: 24 * hourMs })).rejects.toThrow(
      /left 24 hours ago.*lines after \d+ may/,
    );
    expect((await attempt({ ...left, nowMs: 22 * hourMs })).isComplete).toBe(true);
  });
});

it("does not change a file that is something else", async () => {
  const path = newPath();
  await writeFile(path, "precious\n");
  await expect(openCheckpoint(path, identity)).rejects.toThrow("is not the checkpoint of an import");
  await writeFile(path, "precious, without an end");
  await expect(openCheckpoint(path, identity)).rejects.toThrow("is not the checkpoint of an import");
  expect(await readFile(path, "utf8")).toBe("precious, without an end");
});
