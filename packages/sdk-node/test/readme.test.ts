import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Webhook } from "standardwebhooks";
import { expect, it } from "vitest";
import { sharedServer } from "./shared-server.ts";

const folder = fileURLToPath(new URL("..", import.meta.url));

it("contains samples that run unchanged", async () => {
  const server = sharedServer(import.meta.url);
  const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
  const samples = Array.from(readme.matchAll(/```ts\n([^]*?)```/g), ([, sample]) => sample!);
  const given = {
    apiKey: server.apiKey,
    orgId: server.orgId,
    baseUrl: server.url,
    messages: [{ role: "user", content: "I live in Oslo." }],
    user_id: "ann",
    conv_id: "c1",
    memories: [{ content: "Likes tea.", user_id: "ann" }],
    query: "Where does the user live?",
    ...signedDelivery(),
  };
  const code = [
    `const { ${Object.keys(given).join(", ")} } = ${JSON.stringify(given)};`,
    "const onProgress = ({ status }) => console.log(status);",
    'import { MockLanguageModelV4 } from "ai/test";',
    `const model = new MockLanguageModelV4({ doGenerate: ${JSON.stringify(answerOfModel)} });`,
    'import { Agent, setTracingDisabled } from "@openai/agents";',
    'import { assistantMessage, ScriptedModel } from "@openai/agents/testing";',
    "setTracingDisabled(true);",
    'const agent = new Agent({ name: "Assistant", model: new ScriptedModel([[assistantMessage("In Oslo!")]]) });',
    "const signal = AbortSignal.timeout(20_000);",
    samples[0],
    ...samples.slice(1).map(asBlock),
  ].join("\n");
  // Run in this folder, because there the samples can import the package by its name.
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", code], { cwd: folder });
  expect(stdout).toMatch(
    /^succeeded \[[^]*Oslo[^]*completed\n[^]*Likes tea\.[^]*In Oslo\.[^]*In Oslo![^]*memory\.learning\.completed job_1 0/,
  );
});

/** The answer of a model that calls no tool. */
const answerOfModel = {
  content: [{ type: "text", text: "In Oslo." }],
  finishReason: { unified: "stop" },
  usage: { inputTokens: {}, outputTokens: {} },
  warnings: [],
};

/** A webhook delivery with a valid signature and the current time. */
function signedDelivery() {
  const secret = `whsec_${Buffer.from("a secret of a webhook").toString("base64")}`;
  const about = { job_id: "job_1", conv_id: "c1", user_id: "ann", timestamp: "2026-11-25T10:00:00.000Z" };
  const body = JSON.stringify({ event: "memory.learning.completed", ...about });
  const now = new Date();
  const headers = {
    "webhook-id": "whd_1",
    "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
    "webhook-signature": new Webhook(secret).sign("whd_1", now, body),
  };
  return { secret, body, headers };
}

/** Puts a sample in a block with its own imports, so that samples can declare the same names. */
function asBlock(sample: string): string {
  const code = sample.replaceAll(/^import (.*) from (.*);$/gm, "const $1 = await import($2);");
  return ["{", code, "}"].join("\n");
}
