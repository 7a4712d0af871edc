// node scripts/pnpm.mjs SCRIPT: installs what is missing and runs a script of the root package,
// on a machine that has only Node.js (18 or later) and npm.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

const { packageManager } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
const [script = "check"] = process.argv.slice(2);

// npm 12 runs an install script only when told to; pnpm's puts its binary in place.
// npm 11 knows the option too, but hands it to child processes, where it is an error.
const npm = Number(/^npm\/(\d+)/.exec(process.env.npm_config_user_agent ?? "")?.[1] ?? 0);
const options = ["--yes", "--prefer-offline", ...(npm >= 12 ? ["--allow-scripts=pnpm"] : [])];

const child = spawn(
  "npx",
  [...options, "--package", packageManager.split("+")[0], "--call", `pnpm install && pnpm run ${script}`],
  {
    stdio: "inherit",
    shell: process.platform === "win32",
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1", ASTRO_TELEMETRY_DISABLED: "1" },
  },
);
// Ctrl-C reaches every process of the terminal: this one stays until the others have stopped what they started.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => child.kill("SIGTERM"));
child.on("exit", (status) => process.exit(status ?? 1));
