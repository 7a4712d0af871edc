import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The folder of the built site. */
export const distFolder = fileURLToPath(new URL("../dist", import.meta.url));

/** The paths of all pages, such as `/guides/waiting/`. */
export const builtPages: readonly string[] = globSync("**/*.html", { cwd: distFolder })
  .map((file) => `/${file}`.replace(/index\.html$/, ""))
  .toSorted();
