// Runs the built client in other runtimes against a real server.
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startTestServer, type TestServer } from "@memlane/server/testing";
import { build, type BuildOptions } from "esbuild";
import { Miniflare } from "miniflare";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const packageFolder = fileURLToPath(new URL("..", import.meta.url));

async function bundled(contents: string, options: BuildOptions): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: join(packageFolder, "test") },
    bundle: true,
    format: "esm",
    logLevel: "error",
    write: false,
    ...options,
  });
  return outputFiles![0]!.text;
}

describe("the fetch entry remembers a conversation", () => {
  let server: TestServer;
  let folder: string;
  beforeAll(async () => {
    server = await startTestServer();
    folder = await mkdtemp(join(tmpdir(), "memlane-runtimes-"));
    const program = `
      import { argv } from "node:process";
      import { remember } from "./runtime-program.ts";
      console.log(JSON.stringify(await remember(...argv.slice(2))));`;
    const bundle = await bundled(program, { platform: "neutral", external: ["node:process"] });
    await writeFile(join(folder, "program.mjs"), bundle);
  });
  afterAll(async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const found = expect.arrayContaining(["User lives in Paris."]);

  it("in workerd, the runtime of Cloudflare Workers", async () => {
    const program = `
      import { remember } from "./runtime-program.ts";
      export default {
        fetch: async (_, env) => Response.json(await remember(env.apiKey, env.baseUrl, "worker")),
      };`;
    const worker = new Miniflare({
      modules: true,
      script: await bundled(program, { platform: "neutral", conditions: ["worker"] }),
      compatibilityDate: "2026-01-01",
      bindings: { apiKey: server.apiKey, baseUrl: server.url },
    });
    try {
      const response = await worker.dispatchFetch("http://worker.test");
      expect(await response.json()).toEqual(found);
    } finally {
      await worker.dispose();
    }
  });

  it.each([
    ["Bun", join(packageFolder, "node_modules/.bin/bun"), ["run"]],
    ["Deno", join(packageFolder, "node_modules/.bin/deno"), ["run", "--no-prompt", "--allow-net"]],
    ["Node.js", process.execPath, []],
  ])("in %s", async (name, command, flags) => {
    const program = join(folder, "program.mjs");
    const args = [...flags, program, server.apiKey, server.url, name];
    const { stdout } = await promisify(execFile)(command, args);
    expect(JSON.parse(stdout)).toEqual(found);
  });
});
