// Follows the pages of agent frameworks and of Jest as a new user does: an npm project with `@memlane/sdk-node` and only this framework
// compiles and runs the snippet of the page, against a real server. Only the model is a stand-in.
import { cp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { MemoryClient } from "@memlane/sdk-node";
import { startTestServer, type TestServer } from "@memlane/server/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
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

const snippets = join(repository, "apps/docs/snippets/frameworks");
const pages = join(repository, "apps/docs/src/content/docs/agents");

let copy: string;
let tarballs: readonly string[];
let server: TestServer;
let client: MemoryClient;
let model: ModelEndpoint;
beforeAll(async () => {
  const packages = ["core", "mcp", "sdk-node"] as const;
  copy = await copyRelease(packages);
  tarballs = await packPackages(copy, packages);
  [server, model] = await Promise.all([startTestServer(), startModelEndpoint()]);
  client = new MemoryClient({ baseUrl: server.url, apiKey: server.apiKey, orgId: server.orgId });
});
afterAll(async () => {
  await Promise.all([server.stop(), model.close()]);
  await rm(copy, { recursive: true, force: true });
});

test.each(frameworks)("$page: the page's project compiles and runs its snippet", async (framework) => {
  const { page, installs, conversations } = framework;
  const text = await readFile(join(pages, `${page}.mdx`), "utf8");
  expect(text).toContain(`<FrameworkProject others="${installs.join(" ")}" file="${page}.ts"`);

  const project = await createProject(join(copy, page));
  const { peerDependencies } = await readManifest(join(repository, "packages/sdk-node"));
  const versions = installs.map((name) => `${name}@${peerDependencies[name] ?? tested[name]}`);
  await installPackages(project, [...tarballs, ...versions]);
  await cp(join(snippets, `${page}.ts`), join(project, "snippet.ts"));
  await writeFile(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["snippet.ts"] }));
  await compile(project);

  const before = await countJobs();
  const said = await run(process.execPath, ["snippet.ts"], project, {
    MEMLANE_BASE_URL: server.url,
    MEMLANE_API_KEY: server.apiKey,
    MEMLANE_ORG_ID: server.orgId,
    ...model.environment,
    MASTRA_TELEMETRY_DISABLED: "1",
  });
  await expect(said).toMatchFileSnapshot(join(snippets, `${page}.ts.out`));
  expect((await countJobs()) - before).toBe(conversations);
});

test("jest: a test of a project imports the client with each setting of the page", async () => {
  const text = await readFile(join(repository, "apps/docs/src/content/docs/guides/runtimes.mdx"), "utf8");
  const [, babel, config] = /^## Jest$.*`npm install --save-dev (.*?)`.*?```js\n(.*?)```/ms.exec(text)!;
  const project = await createProject(join(copy, "jest"), "commonjs");
  await installPackages(project, [...tarballs, "jest@30.5.2", ...babel!.split(" ")]);
  const body = `test("a job is known at once", async () => {
    const messages = [{ role: "user", content: "I live in Rome." }];
    const { id } = await new MemoryClient().memories.ingest({ messages, user_id: "jest", conv_id: "c" });
    expect(id).toMatch(/^job_/);
  });`;
  const load = `const { MemoryClient } = require("@memlane/sdk-node");`;
  await writeFile(join(project, "required.test.cjs"), load + body);
  await writeFile(
    join(project, "imported.test.mjs"),
    `import { MemoryClient } from "@memlane/sdk-node";${body}`,
  );
  const environment = {
    MEMLANE_BASE_URL: server.url,
    MEMLANE_API_KEY: server.apiKey,
    MEMLANE_ORG_ID: server.orgId,
  };
  const countPassed = async (files: string, options: Readonly<Record<string, string>> = {}) => {
    const report = await run("npx", ["jest", "--json", files], project, { ...environment, ...options });
    return z.object({ numPassedTests: z.number() }).parse(JSON.parse(report)).numPassedTests;
  };
  expect(await countPassed("test", { NODE_OPTIONS: "--experimental-vm-modules" })).toBe(2);
  await writeFile(join(project, "jest.config.js"), config!);
  expect(await countPassed("required")).toBe(1);
});

const compilerOptions = {
  strict: true,
  noEmit: true,
  target: "es2023",
  module: "nodenext",
  skipLibCheck: true,
};

const countJobs = async () => (await Array.fromAsync(client.jobs.list())).length;
