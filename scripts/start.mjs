// npm start: installs and builds what the demo needs, then runs it on the project's own Node.js. The demo is this
// process's child, with no package manager between them that would keep a signal to itself.
import { fileURLToPath } from "node:url";
import { run, runScript } from "./pnpm.mjs";

const inRepository = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

// npm does not hand on a SIGTERM: when it is gone, so is the reason to build or to serve.
const parent = process.ppid;
const watching = setInterval(() => {
  if (process.ppid === parent) return;
  clearInterval(watching);
  process.kill(process.pid, "SIGTERM");
}, 500).unref();

const status = await runScript("build:demo");
if (status !== 0) process.exit(status);

// The demo brings its own database, whatever else this shell works with.
const env = { ...process.env, DATABASE_URL: "" };
const node = inRepository("node_modules/node/bin/node");
process.exit(await run(node, [inRepository("apps/demo/src/main.ts")], { env }));
