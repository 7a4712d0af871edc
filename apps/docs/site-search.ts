// Puts the site's own search in front of Pagefind's index.
import { readFile, rename, writeFile } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";
import type { AstroIntegration } from "astro";

/** Replaces the search of Pagefind by `src/search/pagefind.ts`, which uses it. Starlight has written the index before. */
export function siteSearch(): AstroIntegration {
  return {
    name: "memlane:site-search",
    hooks: {
      "astro:build:done": async ({ dir }) => {
        const ours = await readFile(new URL("src/search/pagefind.ts", import.meta.url), "utf8");
        const engine = new URL("pagefind/engine.js", dir);
        const entry = new URL("pagefind/pagefind.js", dir);
        await rename(entry, engine);
        await writeFile(entry, stripTypeScriptTypes(ours));
      },
    },
  };
}
