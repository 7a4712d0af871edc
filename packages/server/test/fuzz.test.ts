// The short form of `npm run fuzz`.
import { createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { expect, test } from "vitest";
import { hasGrown, runFuzz } from "../fuzz/fuzz.ts";
import { send } from "../fuzz/send.ts";

test("no hostile request gets a 5xx or no answer, breaks a job, or leaves something open", async () => {
  const report = await runFuzz({ requests: 3000, seed: 1 });
  expect(report.brokenJobs).toBe(0);
  expect([hasGrown(report), report.growth, report.connections]).toEqual([
    false,
    expect.anything(),
    expect.anything(),
  ]);
  for (const status of [200, 202, 400, 401, 404, 405, 422])
    expect([...report.statuses.keys()]).toContain(status);
}, 240_000);

test("an answer of 500 is noticed, and so is a connection that stays open", async () => {
  const sockets: Socket[] = [];
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.push(socket);
    socket.write("HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\nHTTP/1.1 500 Oh\r\n\r\n");
    socket.resume().on("error", () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const request = {
    bytes: "GET / HTTP/1.1\r\n\r\n",
    parts: 1,
    share: 1,
    isWhole: true,
    ending: "listen",
  } as const;
  expect(await send(url, request, 100)).toEqual({ statuses: [202, 500], hangs: true });
  for (const socket of sockets) socket.destroy();
  server.close();
});
