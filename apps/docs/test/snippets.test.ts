// Runs every program of `snippets/` against the real server. Their output is in files beside them, and on the site. The
// programs in folders have tests of their own.
import { execFile, spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startTestServer, type TestServer } from "@memlane/server/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { steadyOutput } from "../steady-output.ts";

const folder = fileURLToPath(new URL("../snippets/", import.meta.url));
const installed = fileURLToPath(new URL("../node_modules/", import.meta.url));
const pages = fileURLToPath(new URL("../src/content/docs/", import.meta.url));
const files = globSync("*.{sh,ts,py}", { cwd: folder }).toSorted();
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
  server = await startTestServer({
    orgId: "acme",
    apiKey: "a-long-secret-key",
    environment: { MEMLANE_SELF_SERVICE: "on" },
  });
}, 120_000);
afterAll(async () => {
  await server.stop();
  await rm(scratch, { recursive: true });
});

// These never end, and have their own test.
const servers = new Set(["receive-webhook.ts"]);

const needsPython = (file: string) => file.endsWith(".py");
const lacksPython = spawnSync("python3", ["--version"]).status !== 0;
const programs = files.filter((file) => !servers.has(file));

describe.each([
  ["in Node.js and in the shell", false, programs.filter((file) => !needsPython(file))],
  ["in Python", lacksPython, programs.filter(needsPython)],
])("%s", (_, isSkipped, some) => {
  test.skipIf(isSkipped).each(some)("%s runs unchanged, and prints what the site shows", async (file) => {
    const source = await readFile(join(folder, file), "utf8");
    const isShell = file.endsWith(".sh");
    const interpreter = needsPython(file) ? "python3" : process.execPath;
    const [command, args] = isShell
      ? ["bash", ["-c", prelude + source]]
      : [interpreter, [join(folder, file)]];
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
  });
});

test("the route handler for Next.js answers with a job and its token", async () => {
  const call = `const { POST } = await import(${JSON.stringify(join(folder, "next", "route.ts"))});
    const body = JSON.stringify({ conv_id: "c1", messages: [{ role: "user", content: "I sail." }] });
    const answer = await POST(new Request("http://page/", { method: "POST", body }));
    console.log(JSON.stringify(await answer.json()));`;
  const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", call], {
    env: { ...process.env, MEMLANE_BASE_URL: server.url, MEMLANE_API_KEY: server.apiKey },
  });
  expect(JSON.parse(stdout)).toEqual({
    id: expect.stringMatching(/^job_/),
    token: expect.stringMatching(/^ey/),
  });
});

test("a client is generated for each dialect, compiles strictly, and works", async () => {
  const project = join(scratch, "generated");
  await cp(join(folder, "generated"), project, { recursive: true });
  await symlink(installed, join(project, "node_modules"));
  const environment = {
    ...process.env,
    MEMLANE_BASE_URL: server.url,
    MEMLANE_API_KEY: server.apiKey,
    PATH: `${join(installed, ".bin")}:${process.env["PATH"]}`,
  };
  const inProject = { cwd: project, env: environment };
  const generate = (await readFile(join(project, "generate.sh"), "utf8")).replace(/^npx \S+/, "openapi-ts");
  const generateBatch = generate.replace("ingest", "batch").replace("client ", "client-batch ");
  await Promise.all([generate, generateBatch].map((command) => run("bash", ["-c", command], inProject)));
  const options = {
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    target: "es2023",
    module: "esnext",
    moduleResolution: "bundler",
    lib: ["es2023", "dom"],
    types: ["node"],
  };
  await writeFile(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions: options }));
  await run("tsc6", ["-p", project], inProject);
  await run("esbuild", ["remember.ts", "--bundle", "--format=esm", "--outfile=remember.mjs"], inProject);
  const { stdout } = await run(process.execPath, ["remember.mjs"], inProject);
  expect(stdout).toBe("succeeded\nUser lives in Porto.\n");
}, 60_000);

test("every snippet is shown somewhere", async () => {
  const contents = await Promise.all(
    globSync("**/*.{md,mdx}", { cwd: pages }).map((page) => readFile(join(pages, page), "utf8")),
  );
  const all = globSync("**/*.{sh,ts,tsx,py,html}", { cwd: folder });
  const unseen = all.filter((file) => !contents.some((content) => content.includes(`file="${file}"`)));
  expect(unseen).toEqual([]);
});
