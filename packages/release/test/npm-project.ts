import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { run } from "./run.ts";

/** Makes a folder with an empty project, and resolves with its path. */
export async function createProject(folder: string): Promise<string> {
  await mkdir(folder);
  await writeFile(join(folder, "package.json"), `{ "private": true, "type": "module" }`);
  return folder;
}

/** Installs packages with npm, without install scripts, because none of our packages may need one. */
export async function installPackages(project: string, packages: readonly string[]): Promise<void> {
  const options = ["--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"];
  await run("npm", ["install", ...options, ...packages], project);
}
