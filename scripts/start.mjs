// npm start [-- --port N]: installs what the demo needs and runs it from the sources, on the project's own Node.js. The demo is a
// direct child of this process, because a package manager between them would not forward signals.
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { runFromSource } from "./from-source.mjs";
import { install } from "./pnpm.mjs";

const usage = `Usage: npm start [-- --port N]

Starts Memlane with its own database in .memlane, sends a conversation and a batch, and shows the memories.

  --port N  the port of the server (8787, or MEMLANE_PORT)`;

const port = readPort();
if (!(await isFree(port))) {
  const other = port === 65535 ? 8787 : port + 1;
  fail(`Port ${port} of this machine is in use. Choose another:\n\n  npm start -- --port ${other}`);
}

// npm does not forward SIGTERM. When npm has ended, this process ends too.
const parent = process.ppid;
const watching = setInterval(() => {
  if (process.ppid === parent) return;
  clearInterval(watching);
  process.kill(process.pid, "SIGTERM");
}, 500).unref();

console.log("Installing what the demo needs …");
const status = await install(["--prod", "--filter-prod=@memlane/demo..."]);
if (status !== 0) process.exit(status);

// The demo starts its own database, even if DATABASE_URL is set in this shell.
const env = { ...process.env, DATABASE_URL: "", MEMLANE_PORT: String(port) };
const main = fileURLToPath(new URL("../apps/demo/src/main.ts", import.meta.url));
process.exit(await runFromSource(main, [], { env }));

/** The port of the command line or of MEMLANE_PORT. */
function readPort() {
  try {
    const { values } = parseArgs({ options: { port: { type: "string" }, help: { type: "boolean" } } });
    if (values.help) {
      console.log(usage);
      process.exit(0);
    }
    const text = values.port ?? (process.env.MEMLANE_PORT || "8787");
    const number = /^\d{1,5}$/.test(text) ? Number(text) : 0;
    if (number >= 1 && number <= 65535) return number;
    return fail(`A port is a number from 1 to 65535, not ${JSON.stringify(text)}.`);
  } catch (error) {
    return fail(`${error.message}\n\n${usage}`);
  }
}

function isFree(number) {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", () => resolve(false));
    server.listen({ host: "127.0.0.1", port: number, exclusive: true }, () =>
      server.close(() => resolve(true)),
    );
  });
}

/** @returns {never} */
function fail(message) {
  console.error(message);
  process.exit(2);
}
