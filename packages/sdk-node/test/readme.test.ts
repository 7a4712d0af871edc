import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startTestServer } from "@memlane/server/testing";
import { expect, it, onTestFinished } from "vitest";

const folder = fileURLToPath(new URL("..", import.meta.url));

it("shows a sample that runs as it stands", async () => {
  const server = await startTestServer();
  onTestFinished(async () => void (await server.stop()));
  const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
  const [, sample] = /```ts\n([^]*?)```/.exec(readme)!;
  const given = {
    apiKey: server.apiKey,
    orgId: server.orgId,
    baseUrl: server.url,
    messages: [{ role: "user", content: "I live in Oslo." }],
    user_id: "ann",
    conv_id: "c1",
    memories: [{ content: "Likes tea.", user_id: "ann" }],
    query: "Where does the user live?",
  };
  const code = [
    `const { ${Object.keys(given).join(", ")} } = ${JSON.stringify(given)};`,
    "const onProgress = ({ status }) => console.log(status);",
    sample,
  ].join("\n");
  // From this folder the package finds itself by its name, through its exports.
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", code], { cwd: folder });
  expect(stdout).toMatch(/^succeeded \[[^]*Oslo[^]*completed\n[^]*Likes tea\./);
});
