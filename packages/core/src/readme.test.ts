import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const folder = new URL("..", import.meta.url);
const readme = await readFile(new URL("README.md", folder), "utf8");
const snippets = Array.from(readme.matchAll(/```ts\n(.*?)```/gs), ([, code = ""]) => ({
  code,
  says: Array.from(code.matchAll(/^console\.log\(.*\); \/\/ (.*)$/gm), ([, said]) => said),
}));

test.concurrent.each(snippets)(
  "snippet %# of the README runs with the built package and gives the output shown",
  async ({ code, says }) => {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["--input-type=module-typescript", "--eval", code],
      { cwd: folder },
    );
    expect(says.length).toBeGreaterThan(0);
    expect(stdout.trimEnd().split("\n")).toEqual(says);
  },
  60_000,
);
