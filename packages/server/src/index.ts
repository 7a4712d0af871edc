// The server as a library: run it inside another program, or take its parts.
export { readEnvironment, type Settings } from "./environment.ts";
export { createLogger } from "./logger.ts";
export { startServer, type RunningServer } from "./serve.ts";
