// The whole server in a Web Worker of the page: the API and the worker for jobs, on PGlite. Requests arrive as messages.
import { PGlite } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { openApp, readEnvironment } from "@memlane/server/app";
import pino from "pino";
import { migrations } from "virtual:memlane-migrations";
import type { FromServer, ToServer } from "./messages.ts";
import { pgliteDatabase } from "./pglite-database.ts";
import { liveKey, liveOrg } from "./live-account.ts";

const send = (message: FromServer) => postMessage(message);
const running = new Map<number, AbortController>();

async function open() {
  const pglite = await PGlite.create({ extensions: { pg_trgm } });
  const settings = readEnvironment({ MEMLANE_BOOTSTRAP_KEYS: `${liveOrg}:${liveKey}` });
  return openApp({
    database: pgliteDatabase(pglite),
    migrations,
    settings,
    log: pino({ level: "warn" }),
  });
}

const opening = open();
opening.then(
  () => send({ type: "ready" }),
  (error: unknown) => send({ type: "broken", reason: String(error) }),
);

addEventListener("message", ({ data }: MessageEvent<ToServer>) => {
  if (data.type === "abort") running.get(data.id)?.abort();
  else void serve(data);
});

async function serve({ id, url, method, headers, body }: ToServer & { type: "request" }): Promise<void> {
  const controller = new AbortController();
  running.set(id, controller);
  try {
    const app = await opening;
    const request = new Request(url, { method, headers, body, signal: controller.signal });
    const response = await app.fetch(request);
    send({ type: "head", id, status: response.status, headers: [...response.headers] });
    const reader = response.body?.getReader();
    for (;;) {
      const part = await reader?.read();
      if (part === undefined || part.done) break;
      send({ type: "part", id, bytes: part.value });
    }
    send({ type: "end", id });
  } catch (error) {
    send({ type: "failed", id, reason: String(error) });
  } finally {
    running.delete(id);
  }
}
