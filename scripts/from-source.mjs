// node scripts/from-source.mjs FILE [ARGUMENT…]: runs a file of this repository from its sources, on the project's own Node.js.
// `npm start` installs what it needs.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { run } from "./pnpm.mjs";

const demo = new URL("../apps/demo/", import.meta.url);
const node = fileURLToPath(new URL("node_modules/node/bin/node", demo));

/** Runs a file of the repository, and resolves with its exit code. */
export const runFromSource = (file, args = [], options = {}) =>
  run(node, ["--import", new URL("src/from-source.ts", demo).href, file, ...args], options);

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [file, ...args] = process.argv.slice(2);
  if (!existsSync(node)) {
    console.error("Run `npm start` once. It installs what this command needs.");
    process.exit(1);
  }
  process.exit(await runFromSource(file, args));
}
