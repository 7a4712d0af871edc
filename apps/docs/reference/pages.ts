import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as z from "zod/mini";

/** A page of the TypeScript reference: the exports of an entry of a package, or a part of them. */
export interface ReferencePage {
  /** The path in the reference, such as `core/ids`. */
  readonly path: string;
  readonly title: string;
  /** The name in the sidebar. */
  readonly label: string;
  /** The text below the title. */
  readonly about: string;
  /** The module with the exports of this page. */
  readonly file: string;
}

const manifest = z.object({
  name: z.string(),
  description: z.string(),
  exports: z.record(z.string(), z.unknown()),
});
const packages = new URL("../../../packages/", import.meta.url);
const modules = new URL("../.astro/reference/", import.meta.url);
// TypeDoc compiles every file in the folder, even those of pages that have been renamed.
rmSync(modules, { recursive: true, force: true });

/**
 * The pages of a package, in the order of its `exports`. If each paragraph of an entry has a headline, each becomes a page. The entry
 * for our own packages has none.
 */
export function pagesOf(folder: string): readonly ReferencePage[] {
  const { name, description, exports } = manifest.parse(
    JSON.parse(readFileSync(new URL(`${folder}/package.json`, packages), "utf8")),
  );

  return Object.keys(exports)
    .filter((entry) => entry !== "./package.json" && entry !== "./internal")
    .flatMap((entry) => {
      const subpath = entry.slice("./".length);
      const source = new URL(`${folder}/src/${subpath || "index"}.ts`, packages);
      const code = readFileSync(source, "utf8");
      // TypeDoc numbers a page that has the name of a type of the package, and there is a type `Fetch`.
      const page = subpath === "fetch" ? "fetch-client" : subpath;
      const whole = { path: `${folder}/${page}`.replace(/\/$/, ""), title: entry.replace(".", name) };
      const paragraphs = code.split(/\n\n(?=\/\/ )/).filter((paragraph) => paragraph.includes("\nexport "));
      if (paragraphs.length === 1 || !code.startsWith("//")) {
        const about = subpath === "" ? description : commentOf(code);
        return writePage({ ...whole, label: whole.path, about }, code, source);
      }
      return paragraphs.map((paragraph) => {
        const [, label = "", text = ""] = /^(.*?)[.:](?: (.*))?$/.exec(commentOf(paragraph)) ?? [];
        const about = text.charAt(0).toUpperCase() + text.slice(1);
        const path = `${whole.path}/${label.toLowerCase().replaceAll(" ", "-")}`;
        const title = `${whole.title}: ${label.charAt(0).toLowerCase()}${label.slice(1)}`;
        return writePage({ path, title, label, about }, paragraph, source);
      });
    });
}

/** The text of the comment at the beginning, on one line. */
function commentOf(code: string): string {
  const lines = code.split("\n");
  const end = lines.findIndex((line) => !line.startsWith("// "));
  return lines
    .slice(0, end)
    .map((line) => line.slice("// ".length))
    .join(" ");
}

/** Writes the module with a page's exports: lines of an entry, with corrected relative paths. */
function writePage(page: Omit<ReferencePage, "file">, code: string, source: URL): ReferencePage {
  const file = new URL(`${page.path.replaceAll("/", "-")}.ts`, modules);
  const moved = code.replaceAll(/(?<= from ")\.[^"]*/g, (specifier) =>
    fileURLToPath(new URL(specifier, source)),
  );
  mkdirSync(modules, { recursive: true });
  writeFileSync(file, `/**\n * ${page.about}\n * @module ${page.path}\n */\n\n${moved}`);
  return { ...page, file: fileURLToPath(file) };
}
