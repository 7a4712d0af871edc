// Bundles the built entries as programs do.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, type BuildOptions } from "esbuild";
import { expect, it } from "vitest";

const packageFolder = fileURLToPath(new URL("..", import.meta.url));

type Options = Pick<BuildOptions, "conditions" | "minify" | "platform" | "splitting">;

/** The chunks of a bundle. There is only one, unless `splitting` is on. */
async function bundle(entry: "index" | "fetch", options: Options) {
  const { metafile, outputFiles } = await build({
    absWorkingDir: packageFolder,
    entryPoints: [`dist/${entry}.js`],
    bundle: true,
    format: "esm",
    logLevel: "error",
    metafile: true,
    outdir: "bundle",
    write: false,
    ...options,
  });
  return Object.entries(metafile.outputs).map(([path, { imports, inputs }]) => ({
    path,
    text: outputFiles.find((file) => file.path === join(packageFolder, path))!.text,
    /** The chunks that are loaded together with this one. */
    loads: imports.filter(({ kind, external }) => kind === "import-statement" && !external),
    files: Object.keys(inputs).filter((file) => inputs[file]!.bytesInOutput > 0),
  }));
}

type Chunk = Awaited<ReturnType<typeof bundle>>[number];

const gzippedBytes = (chunks: readonly Chunk[]) =>
  chunks.reduce((sum, { text }) => sum + gzipSync(text, { level: 9 }).byteLength, 0);

const textOf = async (entry: "index" | "fetch", options: Options) =>
  (await bundle(entry, options)).map(({ text }) => text).join("\n");

// Not 40 kB: imports of files are 13 of them, and ky is 9 (decisions/0051).
it("a bundle of the client has at most 48 kB, and of the fetch entry at most 34 kB", async () => {
  const client = await bundle("index", { minify: true, platform: "node" });
  expect(gzippedBytes(client)).toBeLessThanOrEqual(48_000);
  const fetchEntry = await bundle("fetch", { minify: true, platform: "browser" });
  expect(gzippedBytes(fetchEntry)).toBeLessThanOrEqual(34_000);
});

it("a bundle of the client loads at most 40 kB before the first import of a file, if the bundler splits", async () => {
  const chunks = await bundle("index", { minify: true, platform: "node", splitting: true });
  const loaded = new Set(["bundle/index.js"]);
  for (const path of loaded) {
    for (const next of chunks.find((chunk) => chunk.path === path)!.loads) loaded.add(next.path);
  }
  expect(loaded.size).toBeLessThan(chunks.length);
  expect(gzippedBytes(chunks.filter(({ path }) => loaded.has(path)))).toBeLessThanOrEqual(40_000);
});

it("a bundle of the fetch entry has no schema of what only servers read", async () => {
  const forServers = async (entry: "index" | "fetch", options: Options) =>
    (await bundle(entry, options))
      .flatMap(({ files }) => files)
      .filter((file) => /core\/.*[-/](?:codec|query|queries|requests?)\.js$/.test(file));
  expect(await forServers("fetch", { platform: "browser" })).toEqual([]);
  // An import checks each line as a server does.
  expect(await forServers("index", { platform: "node" })).not.toEqual([]);
});

it.each<[string, Options]>([
  ["neutral", { platform: "neutral" }],
  ["browser", { platform: "browser" }],
  ["webworker", { platform: "browser", conditions: ["webworker", "worker"] }],
])("a bundle of the fetch entry for %s needs no module of the runtime", async (_, options) => {
  const text = await textOf("fetch", options);
  expect(text).toContain("createMemoryClient");
  expect(text).not.toMatch(/^import |\brequire\(|process\.env|\bBuffer\b/m);
});

it("a bundle of the client names the modules of Node.js with their prefix", async () => {
  const text = await textOf("index", { platform: "node" });
  const modules = [...text.matchAll(/^import .* from "(.*)";$/gm)].map(([, name]) => name!);
  expect(modules.length).toBeGreaterThan(3);
  expect(modules.filter((name) => !name.startsWith("node:"))).toEqual([]);
});
