// Compiles the `@example` of each export, and runs all that need no page, against a real server.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { startTestServer } from "@memlane/server/testing";
import ts from "typescript";
import { expect, onTestFinished, test } from "vitest";
import { startModelEndpoint } from "./model-endpoint.ts";
import { repository } from "./packages.ts";
import { run } from "./run.ts";

const packages = join(repository, "packages");

/** What the examples for a backend use without making it. */
const givenInBackend = `
  const apiKey = process.env["MEMLANE_API_KEY"]!;
  const orgId = process.env["MEMLANE_ORG_ID"]!;
  const baseUrl = process.env["MEMLANE_BASE_URL"]!;
  const client = new (await import("@memlane/sdk-node")).MemoryClient();
  const job = await client.batch.create([{ content: "Likes tea.", user_id: "ann" }]);

  // Of the AI SDK, and the part of an agent of Mastra that the example uses.
  const model = new (await import("ai/test")).MockLanguageModelV4({
    doGenerate: {
      content: [{ type: "text", text: "In Oslo." }],
      finishReason: { unified: "stop", raw: undefined },
      usage: {
        inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
        outputTokens: { total: 1, text: 1, reasoning: 0 },
      },
      warnings: [],
    },
  });
  const agent = { generate: async (text: string, memory: object) => ({ text, memory }) };

  const request = new Request("http://localhost/mcp", { method: "DELETE" });
  const [transport] = (await import("@modelcontextprotocol/client")).InMemoryTransport.createLinkedPair();

  const payload = JSON.stringify({
    event: "memory.learning.completed",
    job_id: "job_1",
    conv_id: "c1",
    user_id: "ann",
    timestamp: "2026-11-25T10:00:00.000Z",
  });
  const secret = "whsec_" + btoa("a secret of a webhook");
  const sentAt = new Date();
  const headers = {
    "webhook-id": "whd_1",
    "webhook-timestamp": String(Math.floor(sentAt.getTime() / 1000)),
    "webhook-signature": new (await import("standardwebhooks")).Webhook(secret).sign("whd_1", sentAt, payload),
  };`;

/** What the examples for a page use without making it. */
const givenInPage = `
  const id = "job_019a2f3c4d5e7f60a1b2c3d4e5f60718";
  const token = "e30.e30.c2ln";
  const baseUrl = "https://memlane.example";`;

// Where they are compiled and run, the packages that they import are installed.
const inBackend = { file: join(packages, "sdk-node/examples.ts"), given: givenInBackend };
const inPage = { file: join(packages, "sdk-browser/examples.tsx"), given: givenInPage };

/** The code of each `@example` in a package. */
function examplesOf(name: string): readonly string[] {
  const files = globSync(join(packages, name, "src/**/*.{ts,tsx}"));
  const comments = files.flatMap(
    (file) => readFileSync(file, "utf8").match(/(?<=\n \* @example\n)(?: \*(?: [^@].*)?\n)+/g) ?? [],
  );
  return comments.map((comment) => comment.replaceAll(/^ \* ?/gm, ""));
}

/** A program with examples, each in a block with its own imports, so that they can declare the same names. */
function programOf(given: string, examples: readonly string[]): string {
  const blocks = examples.map(
    (code) => `{\n${code.replaceAll(/^import (.*) from (.*);$/gm, "const $1 = await import($2);")}\n}`,
  );
  return `${given}\n${blocks.join("\n")}\nexport {};\n`;
}

const backendPackages = ["core", "mcp", "sdk-node"];
const backend = programOf(inBackend.given, backendPackages.flatMap(examplesOf));
const page = programOf(inPage.given, examplesOf("sdk-browser"));

test.each([...backendPackages, "sdk-browser"])("%s has examples", (name) => {
  expect(examplesOf(name).length).toBeGreaterThan(0);
});

test("the examples compile", () => {
  const sources = new Map([
    [inBackend.file, backend],
    [inPage.file, page],
  ]);
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2023,
    lib: ["lib.esnext.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
    module: ts.ModuleKind.NodeNext,
    jsx: ts.JsxEmit.ReactJSX,
    skipLibCheck: true,
    types: ["node"],
    typeRoots: [join(packages, "release/node_modules/@types")],
  };
  const disk = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: (file) => sources.has(file) || disk.fileExists(file),
    readFile: (file) => sources.get(file) ?? disk.readFile(file),
    getSourceFile(file, language, onError) {
      const source = sources.get(file);
      return source === undefined
        ? disk.getSourceFile(file, language, onError)
        : ts.createSourceFile(file, source, language);
    },
    getCurrentDirectory: () => packages,
  };
  const program = ts.createProgram([...sources.keys()], options, host);
  const errors = ts.getPreEmitDiagnostics(program);
  expect(ts.formatDiagnostics(errors, host)).toBe("");
});

test("the examples for a backend run", async () => {
  const [server, model] = await Promise.all([
    startTestServer({ environment: { MEMLANE_SELF_SERVICE: "on" } }),
    startModelEndpoint(),
  ]);
  onTestFinished(async () => void (await Promise.all([server.stop(), model.close()])));
  await run(
    process.execPath,
    ["--input-type=module-typescript", "--eval", backend],
    join(packages, "sdk-node"),
    {
      MEMLANE_BASE_URL: server.url,
      MEMLANE_API_KEY: server.apiKey,
      MEMLANE_ORG_ID: server.orgId,
      ...model.environment,
    },
  );
});
