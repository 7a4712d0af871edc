import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { listen, type HttpServer } from "./listen.ts";

const local = { host: "127.0.0.1", port: 0, drainMs: 8000 };
let finish: () => void;
let server: HttpServer;
beforeEach(async () => {
  const finished = new Promise<void>((resolve) => (finish = resolve));
  server = await listen(async () => {
    await finished;
    return new Response("done");
  }, local);
});
afterEach(() => {
  finish();
  return server.close();
});

async function open(...sent: string[]): Promise<Socket> {
  const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
  await once(socket, "connect");
  for (const part of sent) socket.write(part);
  return socket;
}

describe("closing", () => {
  test.each([
    ["no request was sent", ""],
    ["half a request was sent", "GET / HT"],
  ])("does not wait for a connection on which %s", async (_, sent) => {
    const socket = await open(sent);
    socket.on("error", () => {}); // the server may reset the connection
    const startedMs = performance.now();
    await server.close();
    expect(performance.now() - startedMs).toBeLessThan(1000);
  });

  test("answers a running request and then closes its connection", async () => {
    const socket = await open("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    const silent = await open();
    const closed = server.close();
    await expect(fetch(server.url)).rejects.toThrow("fetch failed");
    finish();
    expect(await text(socket)).toContain("done");
    await closed;
    expect(await text(silent)).toBe("");
  });
});

test("idle connections stay open longer than proxies keep theirs", async () => {
  finish();
  const { headers } = await fetch(server.url);
  expect(headers.get("keep-alive")).toBe("timeout=75");
});

test("the error for a port in use says what to do", async () => {
  const port = Number(new URL(server.url).port);
  await expect(listen(() => new Response(), { ...local, port })).rejects.toThrow(/is in use.*--port/);
});
