import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import type { Logger } from "pino";
import type { OpenAnswer } from "./open-answers.ts";
import type { ServerSentEvent } from "./route.ts";

const heartbeatMs = 15_000; // proxies close a connection after about a minute without data

/** Sends events as they arrive, and a comment every 15 s to keep the connection open. */
export function streamEvents(
  c: Context,
  events: AsyncIterable<ServerSentEvent>,
  log: Logger,
  open: OpenAnswer | undefined,
): Response {
  c.header("cache-control", "no-store");
  c.header("x-accel-buffering", "no"); // otherwise nginx would buffer the events
  return streamSSE(c, async (stream) => {
    const heartbeat = setInterval(() => void stream.write(": still here\n\n"), heartbeatMs);
    try {
      for await (const event of events) {
        if (stream.aborted || open?.revoked.aborted) break;
        await stream.writeSSE(event);
      }
    } catch (error) {
      log.warn({ err: error }, "an event stream ended early"); // Hono would print the error and send its message
    } finally {
      clearInterval(heartbeat);
      open?.close();
    }
  });
}
