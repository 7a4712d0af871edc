import { createRequire } from "node:module";
import { dirname } from "node:path";

/** The folder of one of our packages. */
export function packageFolder(name: string): string {
  return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
}

export const serverFolder = packageFolder("@memlane/server");
