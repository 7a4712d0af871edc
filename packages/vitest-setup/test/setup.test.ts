// Runs vitest on test files that break the rules on purpose.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const planted = fileURLToPath(new URL("planted", import.meta.url));
const vitest = fileURLToPath(new URL("../vitest.mjs", import.meta.resolve("vitest")));

/** Runs one planted file with vitest; resolves with the exit code and everything that was printed. */
async function runPlanted(name: string, env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [vitest, "run", `${name}.planted.ts`], {
    cwd: planted,
    env: { ...process.env, NO_COLOR: "1", ...env },
  });
  const [output, errors] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    child.exitCode ?? once(child, "exit"),
  ]);
  return { code: child.exitCode, printed: output + errors };
}

test.concurrent.each([
  ["server", "Leaked handles: this test file left 1 TCPServerWrap open."],
  ["timer", "Leaked handles: this test file left 1 Timeout open."],
  ["process", "Leaked handles: this test file left 1 ProcessWrap open."],
  ["rejection", "Unhandled Rejection"],
  ["property", "{ seed: 42,"],
])("a run with a planted %s fails", async (name, message) => {
  const { code, printed } = await runPlanted(name, { MEMLANE_SEED: "42" });
  expect(printed).toContain(message);
  expect(code).toBe(1);
});

test.concurrent("a file that closes what it opens passes", async () => {
  const { code, printed } = await runPlanted("tidy");
  expect(printed).toContain("1 passed");
  expect(code).toBe(0);
});
