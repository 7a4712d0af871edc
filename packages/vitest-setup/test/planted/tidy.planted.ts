import { once } from "node:events";
import { createServer } from "node:http";
import { afterAll, expect, test } from "vitest";

const server = createServer((_, response) => response.end("ok")).listen(0);
afterAll(() => {
  server.close();
});

test("closes what it opens", async () => {
  if (!server.listening) await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  const response = await fetch(`http://127.0.0.1:${address.port}`);
  expect(await response.text()).toBe("ok");
});
