import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import * as z from "zod/mini";

/** What an adapter prints: where its server is, and the keys for it by their names in a conformance target. */
const printedServer = z.catchall(z.object({ baseUrl: z.string() }), z.string());
export type PrintedServer = z.infer<typeof printedServer>;

/** A running adapter. */
export interface Adapter {
  readonly server: PrintedServer;
  /** Stops the adapter with SIGTERM, and with SIGKILL if it does not end. */
  readonly stop: () => Promise<void>;
}

/** How long an adapter may take to end, in milliseconds. */
const patienceMs = 10_000;

/** Starts an adapter and resolves with the first line that it prints. Its standard error is ours. */
export async function startAdapter(command: string): Promise<Adapter> {
  // A group of its own, so that the shell and the server are both stopped.
  const child = spawn(command, { shell: true, detached: true, stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "close").catch(() => {});
  const signalGroup = (signal: NodeJS.Signals) => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    if (process.platform === "win32") child.kill(signal);
    else process.kill(-child.pid, signal);
  };
  const stop = async () => {
    signalGroup("SIGTERM");
    const waiting = new AbortController();
    const late = delay(patienceMs, undefined, { signal: waiting.signal }).then(
      () => signalGroup("SIGKILL"),
      () => {},
    );
    await ended;
    waiting.abort();
    await late;
  };
  try {
    const first = await Promise.race([
      once(createInterface(child.stdout), "line").then(([line]) => String(line)),
      ended.then(() => undefined),
    ]);
    if (first === undefined)
      throw new Error(`the adapter ended with ${child.exitCode} before it printed a line`);
    return { server: readLine(first), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The server in an adapter's line: a URL, or a JSON object. */
function readLine(line: string): PrintedServer {
  if (URL.canParse(line.trim())) return { baseUrl: line.trim() };
  try {
    return printedServer.parse(JSON.parse(line));
  } catch (error) {
    throw new Error(`the adapter printed neither a URL nor a JSON object with baseUrl: ${line}`, {
      cause: error,
    });
  }
}
