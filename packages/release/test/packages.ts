import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as z from "zod";

/** The folder of the repository. */
export const repository = fileURLToPath(new URL("../../../", import.meta.url));

/** The folders of the packages that are published. */
export const published = ["core", "mcp", "sdk-node", "sdk-browser", "server"] as const;

const manifest = z.object({
  name: z.string(),
  version: z.string(),
  files: z.array(z.string()),
  bin: z.record(z.string(), z.string()).default({}),
  engines: z.object({ node: z.string().startsWith(">=") }),
  exports: z.record(z.string(), z.unknown()),
  dependencies: z.record(z.string(), z.string()).default({}),
  peerDependencies: z.record(z.string(), z.string()).default({}),
});

/** The fields of a `package.json` that the tests read. */
export type Manifest = z.infer<typeof manifest>;

/** Reads the `package.json` of a folder. */
export async function readManifest(folder: string): Promise<Manifest> {
  return manifest.parse(JSON.parse(await readFile(join(folder, "package.json"), "utf8")));
}

/** The entries of a package by their full names, as a program imports them. */
export function entriesOf({ name, exports }: Manifest): readonly string[] {
  return Object.keys(exports)
    .filter((path) => path !== "./package.json")
    .map((path) => name + path.slice(1));
}
