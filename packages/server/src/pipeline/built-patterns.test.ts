import { readdirSync } from "node:fs";
import { analyse } from "scslre";
import { expect, test, vi } from "vitest";

// The linter checks the patterns in the source, but it cannot see patterns that a module builds when it runs.

/** The patterns that take super-linear time for some text, each with a character to repeat. */
function superLinear(patterns: Iterable<RegExp>): readonly string[] {
  return [...patterns].flatMap(({ source, flags }) => {
    const { reports } = analyse({ source, flags }, { assumeRejectingSuffix: true });
    return reports.map(({ character }) => `${source} for ${JSON.stringify(character.pick)}`);
  });
}

/** Every pattern that the modules of this folder make with `new RegExp`. */
async function buildPatterns(): Promise<ReadonlyMap<string, RegExp>> {
  const built = new Map<string, RegExp>();
  const original = globalThis.RegExp;
  class RecordedRegExp extends original {
    constructor(pattern: RegExp | string, flags?: string) {
      super(pattern, flags);
      const builder = new Error("only for its stack").stack?.split("\n")[2] ?? "";
      if (/[\\/]src[\\/]pipeline[\\/]/.test(builder)) built.set(this.source, this);
    }
  }
  globalThis.RegExp = RecordedRegExp as RegExpConstructor;
  vi.resetModules(); // other tests have imported them
  try {
    const folder = new URL(".", import.meta.url);
    for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
      // `ask-model.ts` only loads the AI SDK.
      if (/(?<!\.test)\.ts$/.test(file) && !file.endsWith("ask-model.ts"))
        await import(new URL(file, folder).href);
    }
  } finally {
    globalThis.RegExp = original;
    vi.resetModules(); // other tests must not use these patterns
  }
  return built;
}

test("no pattern that is built at run time takes super-linear time", async () => {
  const built = await buildPatterns();
  expect(built.size).toBeGreaterThan(80);
  expect(superLinear(built.values())).toEqual([]);
});

test.each([/^[^\p{Ll}]*\p{Lu}{2}[^\p{Ll}]*$/u, /[.!]+$/, /^(?:a+)+$/, /^User (.*?)[.!]*$/])(
  "finds %s",
  (pattern) => {
    expect(superLinear([pattern])).not.toEqual([]);
  },
);
