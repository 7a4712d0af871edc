import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { post } from "./post.ts";

test.each([
  ["changes the protocol", "HTTP/1.1 101 x\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n", { status: 101 }],
  ["never ends", "HTTP/1.1 200 OK\r\n\r\n", { status: 200 }],
  ["is only an early hint", "HTTP/1.1 103 x\r\n\r\n", { code: "ABORT_ERR" }],
  ["is not HTTP", "SSH-2.0-x\r\n", { code: "HPE_INVALID_CONSTANT" }],
  ["is a long header", `HTTP/1.1 200 OK\r\nx: ${"x".repeat(1e6)}\r\n\r\n`, { code: "HPE_HEADER_OVERFLOW" }],
])("an answer that %s ends the attempt", async (_, answer, expected) => {
  const receiver = createServer((socket) =>
    socket.on("error", () => {}).once("data", () => socket.write(answer)),
  );
  receiver.listen(0, "127.0.0.1");
  await once(receiver, "listening");
  onTestFinished(() => void receiver.close());
  const { port } = receiver.address() as AddressInfo;
  const settled = await post({
    url: `http://127.0.0.1:${port}/`,
    headers: {},
    body: "{}",
    allowPrivate: true,
    lookup: (_name, _options, callback) => callback(new Error("not asked"), []),
    signal: AbortSignal.timeout(500),
  }).catch((error: unknown) => error);
  expect(settled).toMatchObject(expected);
});
