// A process with a blocked event loop, started like the server.
import { runAsChild } from "../src/cli/run-as-child.ts";
import { startWatchdog } from "../src/worker/watchdog.ts";

if (process.pid === 1) process.exit(await runAsChild());
startWatchdog(300);
setTimeout(() => {
  for (;;);
}, 100);
