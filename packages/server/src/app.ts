// The entry `@memlane/server/app`: a server for a program or a web page with its own database.
import { openServer, type App, type AppOptions } from "./open-server.ts";

export type { Database, Prepared, Sql } from "./database/database.ts";
export type { Migration } from "./database/migrate.ts";
export type { Connection } from "./http/http-api.ts";
export type { App, AppOptions, Role } from "./open-server.ts";
export { readEnvironment, type Settings } from "./settings/read-environment.ts";

/** Opens a server on a database. It stores webhook deliveries but does not send them. */
export function openApp(options: AppOptions): Promise<App> {
  return openServer(options);
}
