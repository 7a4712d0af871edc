// Lets Vite bundle the server for a web page. It replaces Node.js modules with stand-ins, and provides the migrations as
// a virtual module.
import { readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { serverFolder } from "./src/components/package-folder.ts";

const standIns = fileURLToPath(new URL("src/live/node-stand-ins.ts", import.meta.url));
const migrationsModule = "virtual:memlane-migrations";

/**
 * A Vite plugin for the Web Worker that runs the server. Vite uses `worker.plugins` only in builds, so development needs it in
 * `plugins`.
 */
export function liveServerPlugin() {
  return {
    name: "memlane:live-server",
    enforce: "pre" as const,
    resolveId(this: { environment: { name: string } }, id: string, importer?: string) {
      if (id === migrationsModule) return `\0${migrationsModule}`;
      if (
        this.environment.name !== "client" ||
        !importer?.startsWith(join(serverFolder, "dist")) ||
        !isBuiltin(id)
      )
        return;
      if (/^(?:node:)?(?:crypto|net|timers\/promises)$/.test(id)) return standIns;
      throw new Error(`@memlane/server/app imports ${id}, which has no stand-in for web pages.`);
    },
    load(id: string) {
      if (id !== `\0${migrationsModule}`) return;
      const folder = join(serverFolder, "migrations");
      const files = readdirSync(folder).filter((file) => file.endsWith(".sql"));
      const migrations = files
        .toSorted()
        .map((file) => ({ file, sql: readFileSync(join(folder, file), "utf8") }));
      return `export const migrations = ${JSON.stringify(migrations)};`;
    },
  };
}
