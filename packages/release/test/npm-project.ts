import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { repository } from "./packages.ts";
import { run } from "./run.ts";

const tsc = join(repository, "packages/release/node_modules/@typescript/native/bin/tsc");

/** Makes a folder with an empty project, and resolves with its path. */
export async function createProject(folder: string, type: "module" | "commonjs" = "module"): Promise<string> {
  await mkdir(folder);
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, type }));
  return folder;
}

/** Installs packages with npm, without install scripts, because none of our packages may need one. */
export async function installPackages(project: string, packages: readonly string[]): Promise<void> {
  const options = ["--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"];
  await run("npm", ["install", ...options, ...packages], project);
}

/** Compiles a folder with its `tsconfig.json`. @throws Error with the compiler's errors */
export async function compile(folder: string, options: readonly string[] = []): Promise<void> {
  await run(process.execPath, [tsc, "-p", ".", ...options], folder);
}
