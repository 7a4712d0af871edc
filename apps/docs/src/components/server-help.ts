import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { serverFolder } from "./package-folder.ts";

/** The output of `memlane-server … --help`. */
export function serverHelp(...words: readonly string[]): string {
  return execFileSync(process.execPath, [join(serverFolder, "dist", "cli.js"), ...words, "--help"], {
    encoding: "utf8",
  });
}
