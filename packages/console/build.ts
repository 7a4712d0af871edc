// Bundles the console into the server's package, which serves it. With --watch, again after each change.
import { globSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { build, context, type BuildOptions, type Plugin } from "esbuild";

const folder = import.meta.dirname;
const target = join(folder, "../server/console");

/** Bundles our packages from their sources, so that the console needs no other build. */
const fromSource: Plugin = {
  name: "from-source",
  setup(bundling) {
    bundling.onResolve({ filter: /^@memlane\// }, ({ path }) => {
      const [, name, entry = "index"] = /^@memlane\/([a-z-]+)(?:\/([a-z-]+))?$/.exec(path)!;
      return { path: join(folder, `../${name}/src/${entry}.ts`), sideEffects: false };
    });
  },
};

/** One style sheet of all CSS files of the sources: what all screens use first, then the screens. */
const styles: Plugin = {
  name: "styles",
  setup(bundling) {
    bundling.onResolve({ filter: /^styles$/ }, () => ({ path: "styles", namespace: "styles" }));
    bundling.onLoad({ filter: /^/, namespace: "styles" }, () => {
      const files = ["styles", "parts", "*"].flatMap((name) =>
        globSync(`src/${name}/**/*.css`, { cwd: folder }).toSorted(),
      );
      const contents = [...new Set(files)].map((file) => `@import "./${file}";`).join("\n");
      return { contents, loader: "css", resolveDir: folder };
    });
  },
};

/** Writes the page with the names of the bundled files, and a compressed copy of each file. */
const page: Plugin = {
  name: "page",
  setup(bundling) {
    bundling.onEnd(async ({ outputFiles = [], metafile }) => {
      const outputs = Object.entries(metafile?.outputs ?? {});
      if (outputs.length === 0) return; // it could not be bundled
      const urlOf = (output: string) => `/console/${output.slice(output.indexOf("assets/"))}`;
      const [script, { imports }] = outputs.find(([, { entryPoint }]) => entryPoint === "src/main.tsx")!;
      const [style] = outputs.find(([name]) => name.endsWith(".css"))!;
      const preloads = imports.filter(({ kind }) => kind === "import-statement").map(({ path }) => path);
      const [icon] = outputs.find(([name]) => name.endsWith(".svg"))!;
      const tags = [
        `<link rel="icon" href="${urlOf(icon)}" />`,
        `<link rel="stylesheet" href="${urlOf(style)}" />`,
        ...preloads.map((path) => `<link rel="modulepreload" href="${urlOf(path)}" />`),
        `<script type="module" src="${urlOf(script)}"></script>`,
      ];
      const html = await readFile(join(folder, "index.html"), "utf8");
      await rm(target, { recursive: true, force: true });
      await mkdir(join(target, "assets"), { recursive: true });
      await Promise.all([
        ...outputFiles.map(({ path, contents }) => write(path, contents)),
        write(join(target, "index.html"), Buffer.from(html.replace("<!-- assets -->", tags.join("\n    ")))),
      ]);
    });
  },
};

/** Writes a file, with a compressed copy for each encoding that browsers accept. */
async function write(path: string, contents: Uint8Array): Promise<void> {
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
  await Promise.all([
    writeFile(path, contents),
    promisify(brotliCompress)(contents, quality).then((small) => writeFile(`${path}.br`, small)),
    promisify(gzip)(contents, { level: 9 }).then((small) => writeFile(`${path}.gz`, small)),
  ]);
}

const options: BuildOptions = {
  absWorkingDir: folder,
  entryPoints: { console: "src/main.tsx", styles: "styles", icon: "icon.svg" },
  loader: { ".svg": "copy" },
  outdir: join(target, "assets"),
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "browser",
  target: "es2023",
  jsx: "automatic",
  minify: true,
  define: { "process.env.NODE_ENV": '"production"' },
  metafile: true,
  write: false,
  // React is only a peer of the browser SDK.
  nodePaths: [join(folder, "node_modules")],
  logLevel: "silent", // an error has its messages
  plugins: [fromSource, styles, page],
};

/** Bundles the console. It takes less than a second. */
export async function buildConsole(): Promise<void> {
  await build(options);
}

if (import.meta.main) {
  if (process.argv.includes("--watch")) await (await context({ ...options, logLevel: "info" })).watch();
  else await buildConsole();
}
