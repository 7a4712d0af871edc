// node scripts/pnpm.mjs "COMMAND" [ARGUMENT…]: installs the dependencies and runs a command with the project's own tools on its path.
// It needs only Node.js (18 or later) and npm.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Runs a program to its end and resolves with its exit code. */
export function run(program, args, options = {}) {
  const child = spawn(program, args, { stdio: "inherit", ...options });
  // A terminal sends Ctrl-C to every process itself. This process waits until the others have cleaned up.
  const forward = (signal) => signal !== "SIGINT" && child.kill(signal);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, forward);
  return new Promise((resolve) => {
    child.on("error", (error) => resolve(console.error(error.message) ?? 1));
    child.on("exit", (code) => resolve(code ?? 1));
  });
}

/** Installs the dependencies, or those that the options of `pnpm install` select; resolves with its exit code. */
export const install = (options = []) => runPnpm(["pnpm install", ...options].join(" "));

/** Installs the dependencies and runs a shell command; resolves with its exit code. */
export const runInstalled = (command) => runPnpm(`pnpm install && ${command}`);

/** Runs a shell command that finds pnpm on its path. */
function runPnpm(command) {
  const { packageManager } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  // npm 12 runs install scripts only if this option allows them, and pnpm's install script puts its binary in place.
  // npm 11 knows the option too, but passes it to child processes, where it is an error.
  const npm = Number(/^npm\/(\d+)/.exec(process.env.npm_config_user_agent ?? "")?.[1] ?? 0);
  const options = ["--yes", "--prefer-offline", ...(npm >= 12 ? ["--allow-scripts=pnpm"] : [])];
  return run("npx", [...options, "--package", packageManager.split("+")[0], "--call", command], {
    shell: process.platform === "win32",
    env: {
      ...process.env,
      npm_config_update_notifier: "false",
      pnpm_config_update_notifier: "false",
      TURBO_TELEMETRY_DISABLED: "1",
      ASTRO_TELEMETRY_DISABLED: "1",
    },
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  process.exit(await runInstalled(process.argv.slice(2).join(" ")));
