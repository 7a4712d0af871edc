import { createRequire } from "node:module";
import { dirname } from "node:path";

/** Where the package of the server lies, whose files say what the site shows. */
export const serverFolder = dirname(createRequire(import.meta.url).resolve("@memlane/server/package.json"));
