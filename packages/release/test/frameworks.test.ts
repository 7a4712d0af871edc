// Follows the pages of agent frameworks and of Jest as a new user does: an npm project with `@memlane/sdk-node` and only this framework
// compiles and runs the snippet of the page, against a real server. Only the model is a stand-in. npm needs most of the time, and one
// core, so it makes all projects at once. The snippets run one after another, because a model waits only a short time for memories.
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
const tested: Readonly<Record<string, string>> = {
  "@ai-sdk/openai": "4.0.118",
  "@mastra/core": "1.71.0",
  jest: "30.5.2",
  "ts-jest": "29.4.15",
};

const snippets = join(repository, "apps/docs/snippets/frameworks");
const pages = join(repository, "apps/docs/src/content/docs/agents");

let copy: string;
let server: TestServer;
let client: MemoryClient;
let model: ModelEndpoint;
beforeAll(async () => {
  const packages = ["core", "mcp", "sdk-node"] as const;
  copy = await copyRelease(packages);
  const tarballs = await packPackages(copy, packages);
  const { peerDependencies } = await readManifest(join(repository, "packages/sdk-node"));
  const install = async (name: string, installs: readonly string[], type?: "commonjs") => {
    const versions = installs.map((each) => {
      const version = peerDependencies[each] ?? tested[each];
      return version === undefined ? each : `${each}@${version}`;
    });
    await installPackages(await createProject(join(copy, name), type), [...tarballs, ...versions]);
  };
  const { babel, typescript } = await readJestSection();
  [server, model] = await Promise.all([
    startTestServer(),
    startModelEndpoint(),
    ...frameworks.map(({ page, installs }) => install(page, installs)),
    install("jest", ["jest", ...babel, ...typescript], "commonjs"),
  ]);
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

  const project = join(copy, page);
  await cp(join(snippets, `${page}.ts`), join(project, "snippet.ts"));
  await writeFile(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["snippet.ts"] }));
  await compile(project);

  const before = await countJobs();
  const said = await run(process.execPath, ["snippet.ts"], project, {
    ...settings(),
    ...model.environment,
    MASTRA_TELEMETRY_DISABLED: "1",
  });
  await expect(said).toMatchFileSnapshot(join(snippets, `${page}.ts.out`));
  expect((await countJobs()) - before).toBe(conversations);
});

test("jest: a test of a project imports the client with each setting of the page", async () => {
  const { config, line, tsconfig } = await readJestSection();
  const project = join(copy, "jest");
  const body = `test("a job is known at once", async () => {
    const messages = [{ role: "user", content: "I live in Rome." }];
    const { id } = await new MemoryClient().memories.ingest({ messages, user_id: "jest", conv_id: "c" });
    expect(id).toMatch(/^job_/);
  });`;
  const load = `const { MemoryClient } = require("@memlane/sdk-node");`;
  const loadAsModule = `import { MemoryClient } from "@memlane/sdk-node";`;
  await writeFile(join(project, "required.test.cjs"), load + body);
  await writeFile(join(project, "imported.test.mjs"), loadAsModule + body);
  await writeFile(
    join(project, "typed.test.ts"),
    `import { expect, test } from "@jest/globals";${loadAsModule}${body}`,
  );
  await writeFile(join(project, "tsconfig.json"), tsconfig);
  const countPassed = async (files: string, options: Readonly<Record<string, string>> = {}) => {
    const report = await run("npx", ["jest", "--json", files], project, { ...settings(), ...options });
    return z.object({ numPassedTests: z.number() }).parse(JSON.parse(report)).numPassedTests;
  };
  const flag = { NODE_OPTIONS: "--experimental-vm-modules" };
  expect(await countPassed("required|imported", flag)).toBe(2);
  const withTypeScript = config.replace("transform: {", `transform: { ${line},`);
  expect(withTypeScript).not.toBe(config);
  await writeFile(join(project, "jest.config.js"), withTypeScript);
  expect(await countPassed("required|typed")).toBe(2);
});

/** What the page says about Jest: what to install, the configuration, and the line and the `tsconfig.json` for TypeScript. */
async function readJestSection() {
  const text = await readFile(join(repository, "apps/docs/src/content/docs/guides/runtimes.mdx"), "utf8");
  const [, tsconfig] = /"module": "node20".*?```json\n(.*?)```/s.exec(text)!;
  const section = text.slice(text.indexOf("\n## Jest\n"));
  const [babel, typescript] = Array.from(section.matchAll(/`npm install --save-dev (.*?)`/g), ([, names]) =>
    names!.split(" "),
  );
  const [, config] = /```js\n(.*?)```/s.exec(section)!;
  const [, line] = /`(\S+: "ts-jest")`/.exec(section)!;
  return { babel: babel!, config: config!, typescript: typescript!, line: line!, tsconfig: tsconfig! };
}

const compilerOptions = {
  strict: true,
  noEmit: true,
  target: "es2023",
  module: "nodenext",
  skipLibCheck: true,
};

const settings = () => ({
  MEMLANE_BASE_URL: server.url,
  MEMLANE_API_KEY: server.apiKey,
  MEMLANE_ORG_ID: server.orgId,
});

const countJobs = async () => (await Array.fromAsync(client.jobs.list())).length;
