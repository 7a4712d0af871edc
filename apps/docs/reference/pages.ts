import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as z from "zod/mini";

/** A page of the TypeScript reference: what an entry of a package exports, or a chapter of that. */
export interface ReferencePage {
  /** Where it is below the reference, such as `core/ids`. */
  readonly path: string;
  readonly title: string;
  /** What the sidebar calls it. */
  readonly label: string;
  /** What stands below its title. */
  readonly about: string;
  /** A module that exports what it shows. */
  readonly file: string;
}

const manifest = z.object({
  name: z.string(),
  description: z.string(),
  exports: z.record(z.string(), z.unknown()),
});
const packages = new URL("../../../packages/", import.meta.url);
const modules = new URL("../.astro/reference/", import.meta.url);
// TypeDoc compiles all that is there, also what a page was before it had another name.
rmSync(modules, { recursive: true, force: true });

/** The pages of a package, in the order of its `exports`. An entry whose every paragraph has a headline is cut there. */
export function pagesOf(folder: string): readonly ReferencePage[] {
  const { name, description, exports } = manifest.parse(
    JSON.parse(readFileSync(new URL(`${folder}/package.json`, packages), "utf8")),
  );

  return Object.keys(exports)
    .filter((entry) => entry !== "./package.json")
    .flatMap((entry) => {
      const subpath = entry.slice("./".length);
      const source = new URL(`${folder}/src/${subpath || "index"}.ts`, packages);
      const code = readFileSync(source, "utf8");
      const whole = { path: `${folder}/${subpath}`.replace(/\/$/, ""), title: entry.replace(".", name) };
      const paragraphs = code.split(/\n\n(?=\/\/ )/);
      if (subpath !== "" || paragraphs.length === 1 || !code.startsWith("//")) {
        const about = subpath === "" ? description : commentOf(code);
        return writePage({ ...whole, label: whole.path, about }, code, source);
      }
      return paragraphs.map((paragraph) => {
        const [, label = "", about = ""] = /^(.*?)\.(?: (.*))?$/.exec(commentOf(paragraph)) ?? [];
        const path = `${whole.path}/${label.toLowerCase().replaceAll(" ", "-")}`;
        const title = `${whole.title}: ${label.charAt(0).toLowerCase()}${label.slice(1)}`;
        return writePage({ path, title, label, about }, paragraph, source);
      });
    });
}

/** The words of the comment that a text begins with, on one line. */
function commentOf(code: string): string {
  const lines = code.split("\n");
  const end = lines.findIndex((line) => !line.startsWith("// "));
  return lines
    .slice(0, end)
    .map((line) => line.slice("// ".length))
    .join(" ");
}

/** Writes the module that exports what a page shows: these lines of an entry, whose own folder is elsewhere. */
function writePage(page: Omit<ReferencePage, "file">, code: string, source: URL): ReferencePage {
  const file = new URL(`${page.path.replaceAll("/", "-")}.ts`, modules);
  const moved = code.replaceAll(/(?<= from ")\.[^"]*/g, (specifier) =>
    fileURLToPath(new URL(specifier, source)),
  );
  mkdirSync(modules, { recursive: true });
  writeFileSync(file, `/**\n * ${page.about}\n * @module ${page.path}\n */\n\n${moved}`);
  return { ...page, file: fileURLToPath(file) };
}
