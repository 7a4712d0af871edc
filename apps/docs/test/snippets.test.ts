// Runs every program of `snippets/` against the real server. Their output is in files beside them, and on the site. The
// programs in folders have tests of their own.
import { execFile } from "node:child_process";
import { globSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startTestServer, type TestServer } from "@memlane/server/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { steadyOutput } from "./steady-output.ts";

const folder = fileURLToPath(new URL("../snippets/", import.meta.url));
const pages = fileURLToPath(new URL("../src/content/docs/", import.meta.url));
const files = globSync("*.{sh,ts}", { cwd: folder }).toSorted();
const run = promisify(execFile);

const commandOf = (name: string, file: string) => {
  const require = createRequire(import.meta.url);
  return join(dirname(require.resolve(`${name}/package.json`)), file);
};
// `npx memlane` is the command of this repository.
const prelude = `set -e
npx() { shift; ${JSON.stringify(process.execPath)} ${JSON.stringify(commandOf("@memlane/sdk-node", "dist/cli.js"))} "$@"; }
`;

let server: TestServer;
let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), "memlane-snippets-"));
  server = await startTestServer({ orgId: "acme", apiKey: "a-long-secret-key" });
}, 120_000);
afterAll(async () => {
  await server.stop();
  await rm(scratch, { recursive: true });
});

// These never end, and have their own test.
const servers = new Set(["receive-webhook.ts"]);

test.each(files.filter((file) => !servers.has(file)))(
  "%s runs as it stands, and prints what the site shows",
  async (file) => {
    const source = await readFile(join(folder, file), "utf8");
    const isShell = file.endsWith(".sh");
    const [command, args] = isShell
      ? ["bash", ["-c", prelude + source]]
      : [process.execPath, [join(folder, file)]];
    const { stdout } = await run(command, args, {
      cwd: isShell ? scratch : folder,
      env: {
        ...process.env,
        MEMLANE_BASE_URL: server.url,
        MEMLANE_API_KEY: server.apiKey,
        MEMLANE_ORG_ID: server.orgId,
      },
      timeout: 60_000,
    });
    await expect(steadyOutput(stdout, source)).toMatchFileSnapshot(join(folder, `${file}.out`));
  },
);

test("every snippet is shown somewhere", async () => {
  const contents = await Promise.all(
    globSync("**/*.{md,mdx}", { cwd: pages }).map((page) => readFile(join(pages, page), "utf8")),
  );
  const all = globSync("**/*.{sh,ts,tsx,html}", { cwd: folder });
  const unseen = all.filter((file) => !contents.some((content) => content.includes(`file="${file}"`)));
  expect(unseen).toEqual([]);
});
