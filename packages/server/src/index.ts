// The server as a library for other programs.
export type { BootstrapKey } from "./settings/bootstrap-keys.ts";
export { readEnvironment, type Settings } from "./settings/read-environment.ts";
export { createLogger } from "./logging/logger.ts";
export type { Role } from "./open-server.ts";
export { startServer, type RunningServer } from "./serve.ts";
export { untilStopped } from "./base/until-stopped.ts";
export { scopes, type Scope } from "./store/api-keys.ts";
