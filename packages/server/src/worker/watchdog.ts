// Ends a process whose event loop is blocked, for example by a job that never yields.
import { url as debuggerUrl } from "node:inspector";
import { Worker } from "node:worker_threads";

/** A running watchdog. */
export interface Watchdog {
  readonly stop: () => Promise<void>;
}

const beatsPerLimit = 10;

// A separate thread, because no code runs on an event loop that is blocked.
const thread = `
  const { writeSync } = require("node:fs");
  const { beats, beatMs, limit, message } = require("node:worker_threads").workerData;
  let last = 0;
  let missed = 0;
  setInterval(() => {
    const now = Atomics.load(beats, 0);
    missed = now === last ? missed + 1 : 0;
    last = now;
    if (missed < limit) return;
    writeSync(2, JSON.stringify({ level: 60, time: new Date().toISOString(), msg: message }) + "\\n");
    process.kill(process.pid, "SIGKILL");
  }, beatMs);
`;

/**
 * Kills this process when its event loop has been blocked for `limitMs`. A blocked process can neither renew leases nor answer
 * requests. The watchdog counts beats instead of time, so that it does not kill the process after the machine was suspended. It
 * does nothing if the process may be debugged at the start.
 */
export function startWatchdog(limitMs: number): Watchdog {
  if (debuggerUrl() !== undefined) return { stop: async () => {} };
  const beatMs = limitMs / beatsPerLimit;
  const beats = new Int32Array(new SharedArrayBuffer(4));
  const message = `the event loop stood still for ${limitMs / 1000} s: ending the process, its jobs go to the next worker`;
  const watcher = new Worker(thread, {
    eval: true,
    name: "watchdog",
    workerData: { beats, beatMs, limit: beatsPerLimit, message },
    resourceLimits: { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 2 },
  });
  watcher.unref();
  const timer = setInterval(() => Atomics.add(beats, 0, 1), beatMs).unref();
  return {
    async stop() {
      clearInterval(timer);
      await watcher.terminate();
    },
  };
}
