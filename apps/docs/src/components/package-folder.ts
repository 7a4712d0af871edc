import { createRequire } from "node:module";
import { dirname } from "node:path";

/** Where a package of ours lies, whose files say what the site shows. */
export function packageFolder(name: string): string {
  return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
}

export const serverFolder = packageFolder("@memlane/server");
