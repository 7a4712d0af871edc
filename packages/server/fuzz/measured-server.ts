// The server as a separate process that reports its heap and handles. It is started with fork.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { readEnvironment } from "../src/settings/read-environment.ts";
import { createLogger } from "../src/logging/logger.ts";
import { startServer } from "../src/serve.ts";

/** What a process keeps after a forced garbage collection. */
export interface Holdings {
  readonly heapBytes: number;
  /** The number of sockets, timers and other handles that keep it alive. */
  readonly handles: number;
}

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");

const server = await startServer(readEnvironment(), createLogger("error"));
process.on("message", (message) => {
  if (message === "measure") {
    collect();
    const { heapUsed, external } = process.memoryUsage();
    process.send?.({ heapBytes: heapUsed + external, handles: process.getActiveResourcesInfo().length });
  }
});
process.once("SIGTERM", () => void server.close().then(() => process.exit()));
process.send?.(server.url);
