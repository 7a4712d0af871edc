// Everything in a release except publishing: makes versions and changelogs from the changesets, packs the built packages, and
// installs them with npm in an empty project, on the oldest supported Node.js and on ours.
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build, type BuildOptions } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compile, createProject, installPackages } from "./npm-project.ts";
import { entriesOf, published, readManifest, repository, type Manifest } from "./packages.ts";
import { copyRelease, packPackages, versionPackages } from "./release-copy.ts";
import { run } from "./run.ts";

const { engines } = await readManifest(join(repository, "packages/core"));
const oldest = engines.node.slice(">=".length);
// npm's `node` is a script that installs one of these.
const oldestNode = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
const oldestPath = () =>
  join(tools, "node_modules", oldestNode, process.platform === "win32" ? "node.exe" : "bin/node");

// The settings that the docs recommend.
const runtimesPage = join(repository, "apps/docs/src/content/docs/guides/runtimes.mdx");
const settingsInPage = (await readFile(runtimesPage, "utf8")).matchAll(
  /```json\n(.*"compilerOptions".*)\n```/g,
);
const commonJsSettings = Array.from(settingsInPage, ([, settings]) => settings!);

let copy: string;
let project: string;
let tools: string;
let manifests: readonly Manifest[];
beforeAll(async () => {
  copy = await copyRelease();
  await versionPackages(copy);
  const tarballs = await packPackages(copy);
  project = await createProject(join(copy, "project"));
  tools = await createProject(join(copy, "tools"));
  await installPackages(project, tarballs);
  await installPackages(tools, [`${oldestNode}@${oldest}`]);
  manifests = await Promise.all(
    published.map((name) => readManifest(join(project, "node_modules/@memlane", name))),
  );
});
afterAll(() => rm(copy, { recursive: true, force: true }));

describe("the versions", () => {
  test("rise together, and every changeset becomes a paragraph", async () => {
    const before = await readManifest(join(repository, "packages/core"));
    const versions = new Set(manifests.map(({ version }) => version));
    expect(versions.size).toBe(1);
    const left = (await readdir(join(copy, ".changeset"))).filter((file) => file.endsWith(".md"));
    expect(left).toEqual([]);
    const given = (await readdir(join(repository, ".changeset"))).filter((file) => file.endsWith(".md"));
    if (given.length > 0) expect([...versions]).not.toEqual([before.version]);
    const changelogs = await Promise.all(
      published.map((name) => readFile(join(copy, "packages", name, "CHANGELOG.md"), "utf8").catch(() => "")),
    );
    for (const file of given) {
      const text = await readFile(join(repository, ".changeset", file), "utf8");
      const said = text.split("---")[2]!.trim().split("\n")[0]!;
      expect(changelogs.join("\n")).toContain(said);
    }
  });

  test("are in the installed packages, without any range of the workspace", () => {
    const [{ version }] = manifests as readonly [Manifest];
    for (const { name, dependencies } of manifests) {
      expect(Object.values(dependencies).filter((range) => /workspace:|catalog:/.test(range))).toEqual([]);
      // Exactly this core, because `@memlane/core/internal` may change in any release.
      if (name !== "@memlane/core") expect(dependencies["@memlane/core"]).toBe(version);
    }
  });
});

describe("an empty project that has installed the tarballs", () => {
  test.each(published)("has the license and the README of %s, and none of its sources", async (name) => {
    const folder = join(project, "node_modules/@memlane", name);
    const license = await readFile(join(repository, "LICENSE"), "utf8");
    expect(await readFile(join(folder, "LICENSE"), "utf8")).toBe(license);
    expect(existsSync(join(folder, "README.md"))).toBe(true);
    for (const path of ["src", "test"]) expect(existsSync(join(folder, path))).toBe(false);
  });

  test.each(published)(
    "has built files of %s that name the modules of Node.js with their prefix",
    async (name) => {
      const folder = join(project, "node_modules/@memlane", name, "dist");
      const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith(".js"));
      const texts = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")));
      const imported = texts.flatMap((text) =>
        Array.from(text.matchAll(/^import\b(?:[^"']*from)?\s*["']([^"']+)["']/gm), ([, module]) => module!),
      );
      expect(imported.length).toBeGreaterThan(0);
      expect(imported.filter((module) => isBuiltin(module) && !module.startsWith("node:"))).toEqual([]);
    },
  );

  test("imports each package by itself on the oldest Node.js that it supports, and runs its commands", async () => {
    await importAll(
      oldestPath(),
      manifests.map(({ name }) => name),
    );
    for (const { name, bin } of manifests) {
      // A command prints the version that it was built with. A real release builds after this step.
      const { version } = await readManifest(join(repository, "packages", name.split("/")[1]!));
      for (const file of Object.values(bin)) {
        const said = await run(oldestPath(), [join("node_modules", name, file), "--version"], project);
        expect(said.trim()).toBe(version);
      }
    }
  });

  test(`remembers a conversation on Node.js ${oldest}: the server with its PostgreSQL, and the client`, async () => {
    const program = await readFile(new URL("../consumer/remember.js", import.meta.url));
    await writeFile(join(project, "remember.js"), program);
    expect(await run(oldestPath(), ["remember.js"], project)).toBe(
      "succeeded: User lives in Paris.,Conversation of user\n",
    );
  });

  describe("and what some entries ask it to have", () => {
    let entries: readonly string[];
    beforeAll(async () => {
      const peers = manifests.flatMap(({ peerDependencies }) => Object.entries(peerDependencies));
      const types = ["@types/react@19", "@types/node@24"];
      await installPackages(project, [...peers.map(([name, range]) => `${name}@${range}`), ...types]);
      entries = manifests.flatMap(entriesOf);
    });

    test(`imports every entry on Node.js ${oldest}`, () => importAll(oldestPath(), entries));
    test(`imports every entry on Node.js ${process.versions.node}`, () =>
      importAll(process.execPath, entries));

    test(`requires every entry from CommonJS on Node.js ${oldest}`, async () => {
      await writeFile(join(project, "require.cjs"), entries.map((name) => `require("${name}");`).join("\n"));
      await run(oldestPath(), ["require.cjs"], project);
    });

    test("compiles a program that uses every entry", async () => {
      await writeFile(
        join(project, "every-entry.ts"),
        entries.map((name, index) => `export * as entry${index} from "${name}";`).join("\n"),
      );
      await writeFile(
        join(project, "common-js.cts"),
        `import { MemoryClient } from "@memlane/sdk-node";\nexport const Client: typeof MemoryClient = MemoryClient;`,
      );
      await writeFile(
        join(project, "program.ts"),
        await readFile(new URL("../consumer/program.ts", import.meta.url)),
      );
      await writeFile(
        join(project, "tsconfig.json"),
        JSON.stringify({
          compilerOptions: {
            strict: true,
            exactOptionalPropertyTypes: true,
            noEmit: true,
            target: "es2023",
            lib: ["esnext", "dom", "dom.iterable"],
            types: ["node"],
            module: "nodenext",
            skipLibCheck: true,
          },
          files: ["every-entry.ts", "program.ts", "common-js.cts"],
        }),
      );
      await compile(project);
    });

    test.each(commonJsSettings)(
      "compiles to CommonJS with %s, and runs on the oldest Node.js",
      async (settings) => {
        const folder = await mkdtemp(join(project, "common-js-"));
        await writeFile(join(folder, "package.json"), "{}");
        await writeFile(
          join(folder, "program.ts"),
          `import { MemoryClient } from "@memlane/sdk-node";\nconsole.log(typeof MemoryClient);`,
        );
        await writeFile(join(folder, "tsconfig.json"), settings);
        const options = ["--strict", "--skipLibCheck", "--target", "es2023", "--types", "node"];
        await compile(folder, options);
        expect(await readFile(join(folder, "program.js"), "utf8")).toContain("require(");
        expect(await run(oldestPath(), ["program.js"], folder)).toBe("function\n");
      },
    );

    test("bundles for a page: 6.2 kB", async () => {
      const contents = `export { watchJob } from "@memlane/sdk-browser";`;
      const bundle = await bundled(contents, { platform: "browser", minify: true });
      expect(gzipSync(bundle, { level: 9 }).byteLength).toBeLessThanOrEqual(6200);
      await bundled(`export * from "@memlane/sdk-browser/react";`, { platform: "browser" });
    });

    test("bundles for Node.js, and the bundle runs", async () => {
      const contents = `
        import { MemoryClient } from "@memlane/sdk-node";
        const client = new MemoryClient({ baseUrl: "http://127.0.0.1:9", apiKey: "key", orgId: "acme" });
        console.log(typeof client.memories.ingest);`;
      await writeFile(join(project, "bundle.mjs"), await bundled(contents, { platform: "node" }));
      expect(await run(process.execPath, ["bundle.mjs"], project)).toBe("function\n");
    });
  });
});

const importAll = (node: string, entries: readonly string[]) =>
  run(
    node,
    ["--input-type=module", "--eval", entries.map((name) => `await import("${name}");`).join("\n")],
    project,
  );

async function bundled(contents: string, options: BuildOptions): Promise<Uint8Array> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: project },
    bundle: true,
    format: "esm",
    target: "es2022",
    write: false,
    ...options,
  });
  return outputFiles![0]!.contents;
}
