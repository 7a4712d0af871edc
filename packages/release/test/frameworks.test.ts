// Follows the pages of agent frameworks and of Jest as a new user does: an npm project with `@memlane/sdk-node` and only this framework
// compiles and runs the snippet of the page, against a real server. Only the model is a stand-in. npm installs most of the time, on one
// core, so the projects are made at the same time. Each has an organisation of its own.
import { cp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { MemoryClient } from "@memlane/sdk-node";
import { startTestServer, type TestServer } from "@memlane/server/testing";
import { afterAll, beforeAll, test } from "vitest";
import * as z from "zod";
import { startModelEndpoint, type ModelEndpoint } from "./model-endpoint.ts";
import { compile, createProject, installPackages } from "./npm-project.ts";
import { readManifest, repository } from "./packages.ts";
import { copyRelease, packPackages } from "./release-copy.ts";
import { run } from "./run.ts";

/** What each page installs beside `@memlane/sdk-node`, and how many conversations its snippet sends. */
const frameworks = [
  { page: "ai-sdk", installs: ["ai", "@ai-sdk/openai"], conversations: 2 },
  { page: "langgraph", installs: ["@langchain/langgraph", "@langchain/core"], conversations: 0 },
  { page: "mastra", installs: ["@mastra/core"], conversations: 2 },
  { page: "openai-agents", installs: ["@openai/agents"], conversations: 2 },
];

/** The versions of packages that are no peer of ours. */
const tested: Readonly<Record<string, string>> = { "@ai-sdk/openai": "4.0.118", "@mastra/core": "1.71.0" };

/** In milliseconds. All projects share the machine. */
const timeout = 300_000;

const snippets = join(repository, "apps/docs/snippets/frameworks");
const pages = join(repository, "apps/docs/src/content/docs/agents");

/** The settings of each project's client: an organisation and its key, by the name of the project. */
const accounts = new Map(
  [...frameworks.map(({ page }) => page), "jest"].map((orgId) => [
    orgId,
    { MEMLANE_ORG_ID: orgId, MEMLANE_API_KEY: `key-of-${orgId}` },
  ]),
);

let copy: string;
let tarballs: readonly string[];
let server: TestServer;
let model: ModelEndpoint;
beforeAll(async () => {
  const packages = ["core", "mcp", "sdk-node"] as const;
  copy = await copyRelease(packages);
  tarballs = await packPackages(copy, packages);
  const keys = Array.from(accounts.values(), (each) => `${each.MEMLANE_ORG_ID}:${each.MEMLANE_API_KEY}`);
  [server, model] = await Promise.all([
    startTestServer({ environment: { MEMLANE_BOOTSTRAP_KEYS: keys.join() } }),
    startModelEndpoint(),
  ]);
});
afterAll(async () => {
  await Promise.all([server.stop(), model.close()]);
  await rm(copy, { recursive: true, force: true });
});

test.concurrent.for(frameworks)(
  "$page: the page's project compiles and runs its snippet",
  { timeout },
  async ({ page, installs, conversations }, { expect }) => {
    const text = await readFile(join(pages, `${page}.mdx`), "utf8");
    expect(text).toContain(`<FrameworkProject others="${installs.join(" ")}" file="${page}.ts"`);

    const project = await createProject(join(copy, page));
    const { peerDependencies } = await readManifest(join(repository, "packages/sdk-node"));
    const versions = installs.map((name) => `${name}@${peerDependencies[name] ?? tested[name]}`);
    await installPackages(project, [...tarballs, ...versions]);
    await cp(join(snippets, `${page}.ts`), join(project, "snippet.ts"));
    await writeFile(
      join(project, "tsconfig.json"),
      JSON.stringify({ compilerOptions, files: ["snippet.ts"] }),
    );

    const environment = { ...settingsOf(page), ...model.environment, MASTRA_TELEMETRY_DISABLED: "1" };
    const [said] = await Promise.all([
      run(process.execPath, ["snippet.ts"], project, environment),
      compile(project),
    ]);
    await expect(said).toMatchFileSnapshot(join(snippets, `${page}.ts.out`));
    expect(await countJobs(page)).toBe(conversations);
  },
);

test.concurrent(
  "jest: a test of a project imports the client with each setting of the page",
  { timeout },
  async ({ expect }) => {
    const text = await readFile(join(repository, "apps/docs/src/content/docs/guides/runtimes.mdx"), "utf8");
    const [, tsconfig] = /"node20".*?```json\n(.*?)```/s.exec(text)!;
    const [, babel, config, typed, line] =
      /^## Jest$.*?`npm install --save-dev (.*?)`.*?```js\n(.*?)```.*?`npm install --save-dev (.*?)`.*?`(.*?)`/ms.exec(
        text,
      )!;
    const project = await createProject(join(copy, "jest"), "commonjs");
    const versions = ["jest@30.5.2", ...babel!.split(" "), ...typed!.split(" ")];
    await installPackages(project, [...tarballs, ...versions]);
    const body = `test("a job is known at once", async () => {
      const messages = [{ role: "user", content: "I live in Rome." }];
      const { id } = await new MemoryClient().memories.ingest({ messages, user_id: "jest", conv_id: "c" });
      expect(id).toMatch(/^job_/);
    });`;
    const imports = `import { MemoryClient } from "@memlane/sdk-node";`;
    const globals = `import { expect, test } from "@jest/globals";`;
    await Promise.all([
      writeFile(
        join(project, "required.test.cjs"),
        `const { MemoryClient } = require("@memlane/sdk-node");${body}`,
      ),
      writeFile(join(project, "imported.test.mjs"), imports + body),
      writeFile(join(project, "typed.test.ts"), globals + imports + body),
      writeFile(join(project, "tsconfig.json"), tsconfig!),
    ]);
    const countPassed = async (files: string, options: Readonly<Record<string, string>> = {}) => {
      const environment = { ...settingsOf("jest"), ...options };
      const report = await run("npx", ["jest", "--json", files], project, environment);
      return z.object({ numPassedTests: z.number() }).parse(JSON.parse(report)).numPassedTests;
    };
    const flag = { NODE_OPTIONS: "--experimental-vm-modules" };
    expect(await countPassed("required|imported", flag)).toBe(2);
    const withTypes = config!.replace("transform: {", `transform: { ${line},`);
    expect(withTypes).not.toBe(config);
    await writeFile(join(project, "jest.config.js"), withTypes);
    expect(await countPassed("required|typed")).toBe(2);
  },
);

const compilerOptions = {
  strict: true,
  noEmit: true,
  target: "es2023",
  module: "nodenext",
  skipLibCheck: true,
};

const settingsOf = (project: string) => ({ MEMLANE_BASE_URL: server.url, ...accounts.get(project)! });

async function countJobs(project: string): Promise<number> {
  const { MEMLANE_API_KEY: apiKey } = accounts.get(project)!;
  const client = new MemoryClient({ baseUrl: server.url, apiKey });
  return (await Array.fromAsync(client.jobs.list())).length;
}
