import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
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

// Other systems do not share a port.
test.runIf(process.platform === "linux")(
  "connections are accepted although the event loop is slow",
  async () => {
    finish();
    let isOver = false;
    let iterations = 0;
    const block = () => {
      iterations += 1;
      const untilMs = performance.now() + 20;
      while (performance.now() < untilMs);
      if (!isOver) setImmediate(block);
    };
    block();
    const answers = await Promise.all(Array.from({ length: 64 }, () => fetch(server.url)));
    isOver = true;
    expect(iterations).toBeLessThan(64);
    await Promise.all(answers.map((answer) => answer.text()));
  },
);

test("more connections than allowed are closed, and the others stay open", async () => {
  const small = await listen(() => new Response(), { ...local, maximumConnections: 5 });
  const port = Number(new URL(small.url).port);
  let closed = 0;
  const sockets = Array.from({ length: 12 }, () =>
    connect(port, "127.0.0.1")
      .on("error", () => {})
      .on("close", () => (closed += 1))
      .resume(),
  );
  await vi.waitFor(() => expect(closed).toBe(7));
  for (const socket of sockets) socket.destroy();
  await small.close();
});

test("a client that sends its whole body before it reads gets an early answer", async () => {
  const early = await listen(() => new Response("no", { status: 401 }), local);
  const port = Number(new URL(early.url).port);
  const length = 8 * 2 ** 20;
  const socket = connect(port, "127.0.0.1");
  socket.write(`POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${length}\r\n\r\n`);
  await new Promise((resolve) => socket.write(Buffer.alloc(length), resolve));
  expect(String((await once(socket, "data"))[0])).toContain("401");
  socket.destroy();
  await early.close();
});

test("a connection can be used again after an early answer, when the body has arrived", async () => {
  const early = await listen(() => new Response("no", { status: 401 }), local);
  const socket = connect(Number(new URL(early.url).port), "127.0.0.1");
  const ask = async () => {
    socket.write(`POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n${"x".repeat(200_000)}`);
    return String((await once(socket, "data"))[0]);
  };
  expect(await ask()).toContain("401");
  await sleep(800); // longer than the rest of a body is waited for
  expect(await ask()).toContain("401");
  socket.destroy();
  await early.close();
});

test("a connection whose body does not end is closed soon after an early answer", async () => {
  const early = await listen(() => new Response("no", { status: 401 }), local);
  const socket = connect(Number(new URL(early.url).port), "127.0.0.1");
  socket.write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\nhalf");
  const startedMs = performance.now();
  expect(await text(socket)).toContain("401");
  expect(performance.now() - startedMs).toBeLessThan(2000);
  await early.close();
});
