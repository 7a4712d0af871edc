import { Hono } from "hono";
import pino from "pino";
import { expect, test, vi } from "vitest";
import type { ServerSentEvent } from "./route.ts";
import { streamEvents } from "./stream-events.ts";

test("a stream that fails ends, and only the log contains the reason", async () => {
  const lines: string[] = [];
  const log = pino({ base: null }, { write: (line) => void lines.push(line) });
  const printed = vi.spyOn(console, "error");
  async function* events(): AsyncGenerator<ServerSentEvent> {
    yield { event: "job", id: "1", data: "{}" };
    throw new Error("connect ECONNREFUSED 10.0.0.7:5432");
  }
  const app = new Hono().get("/", (c) => streamEvents(c, events(), log, undefined));
  const answer = await app.request("/");
  expect(await answer.text()).toBe("event: job\ndata: {}\nid: 1\n\n");
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { msg: "an event stream ended early", err: { message: "connect ECONNREFUSED 10.0.0.7:5432" } },
  ]);
  expect(printed).not.toHaveBeenCalled();
});
