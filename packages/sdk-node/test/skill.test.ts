// Runs the samples and the commands of the skill for coding agents.
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { sharedServer } from "./shared-server.ts";

const folder = fileURLToPath(new URL("..", import.meta.url));
const run = promisify(execFile);

it("contains samples and commands that run unchanged", async () => {
  const server = sharedServer(import.meta.url);
  const { apiKey: MEMLANE_API_KEY, orgId: MEMLANE_ORG_ID, url: MEMLANE_BASE_URL } = server;
  const options = {
    cwd: folder, // there the samples can import the package by its name
    env: { ...process.env, MEMLANE_API_KEY, MEMLANE_ORG_ID, MEMLANE_BASE_URL },
  };
  const skill = await readFile(new URL("../skills/memlane/SKILL.md", import.meta.url), "utf8");
  expect(skill).toMatch(/^---\nname: memlane\ndescription: .{50,1024}\n---\n/);
  const blocksOf = (language: string) =>
    Array.from(skill.matchAll(new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``, "g")), ([, block]) => block!);

  // "memlane" is a command of this package. A name without a scope that is not installed may be anyone's.
  const packages = Array.from(skill.matchAll(/npx (\S+)/g), ([, name]) => name);
  expect(new Set(packages)).toEqual(new Set(["memlane", "@memlane/server"]));

  const samples = blocksOf("ts").map((sample) =>
    sample.replaceAll(/^import (.*) from (.*);$/gm, "const $1 = await import($2);"),
  );
  const code = samples.map((sample) => `{\n${sample}}`).join("\n");
  const programs = await run(process.execPath, ["--input-type=module", "--eval", code], options);
  expect(programs.stdout).toMatch(/^pending\n## Known facts\n[^]*harp[^]*\nPrefers short answers\.\n1\n$/);

  const npx = `npx() { shift; ${JSON.stringify(process.execPath)} dist/cli.js "$@"; }`;
  const commands = await run("bash", ["-c", ["set -e", npx, ...blocksOf("sh")].join("\n")], options);
  expect(commands.stdout).toMatch(/^The server accepts the key\.\n[^]*Oslo[^]*lives in Oslo/);
}, 120_000);
