// The receiver in the README, run unchanged against a real server.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { ingest, send } from "./http.ts";
import { startReceiver } from "./receiver.ts";
import { startServerOnTestDatabase } from "./test-database.ts";

const folder = new URL("..", import.meta.url);

test("the README's receiver accepts a signed delivery, and refuses an unsigned one", async () => {
  const readme = await readFile(new URL("README.md", folder), "utf8");
  const [, code = ""] = /```js\n(.*?)```/s.exec(readme) ?? [];
  const server = await startServerOnTestDatabase({ environment: { MEMLANE_WEBHOOK_ALLOW_PRIVATE: "true" } });
  const placeholder = await startReceiver();
  await placeholder.close(); // its port is free again
  const url = placeholder.url;
  const { secret } = (await send(server, "PUT /v1/webhooks", ingest(server), { url })).body;

  const receiver = spawn(process.execPath, ["--input-type=module", "--eval", code], {
    cwd: folder,
    env: { ...process.env, WEBHOOK_SECRET: secret, PORT: String(placeholder.port) },
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const said = once(createInterface(receiver.stdout), "line");
    const forge = () => fetch(url, { method: "POST", body: "{}" }).then(({ status }) => status);
    await expect.poll(() => forge().catch(() => "not yet"), { timeout: 5000 }).toBe(400);
    const { body: job } = await send(server, "POST /v1/memories?wait=true", ingest(server), {
      messages: [{ role: "user", content: "I live in Paris." }],
      user_id: "ann",
      conv_id: "c1",
    });
    expect(await said).toEqual([`memory.learning.completed ${job.id} 1`]);
  } finally {
    receiver.kill();
    await once(receiver, "exit");
    await server.stop();
  }
});
