// npm start: installs and builds what the demo needs, then runs it on the project's own Node.js. The demo is a direct child
// of this process, because a package manager between them would not forward signals.
import { fileURLToPath } from "node:url";
import { run, runInstalled } from "./pnpm.mjs";

const inRepository = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

// npm does not forward SIGTERM. When npm has ended, this process ends too.
const parent = process.ppid;
const watching = setInterval(() => {
  if (process.ppid === parent) return;
  clearInterval(watching);
  process.kill(process.pid, "SIGTERM");
}, 500).unref();

const status = await runInstalled("turbo run build --filter=@memlane/demo... --output-logs=errors-only");
if (status !== 0) process.exit(status);

// The demo starts its own database, even if DATABASE_URL is set in this shell.
const env = { ...process.env, DATABASE_URL: "" };
const node = inRepository("node_modules/node/bin/node");
process.exit(await run(node, [inRepository("apps/demo/src/main.ts")], { env }));
