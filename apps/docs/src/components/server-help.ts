import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const server = dirname(createRequire(import.meta.url).resolve("@memlane/server/package.json"));

/** What `memlane-server … --help` says, from the command itself. */
export function serverHelp(...words: readonly string[]): string {
  return execFileSync(process.execPath, [join(server, "dist", "cli.js"), ...words, "--help"], {
    encoding: "utf8",
  });
}
