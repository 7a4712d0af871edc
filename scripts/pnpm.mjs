// node scripts/pnpm.mjs SCRIPT: installs what is missing and runs a script of the root package,
// on a machine that has only Node.js (18 or later) and npm.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Runs a program to its end and resolves with its exit code. */
export function run(program, args, options = {}) {
  const child = spawn(program, args, { stdio: "inherit", ...options });
  // Ctrl-C reaches every process of a terminal by itself: this one stays until the others have cleaned up.
  const forward = (signal) => signal !== "SIGINT" && child.kill(signal);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, forward);
  return new Promise((resolve) => {
    child.on("error", (error) => resolve(console.error(error.message) ?? 1));
    child.on("exit", (code) => resolve(code ?? 1));
  });
}

/** Installs what is missing and runs a script of the root package; resolves with its exit code. */
export function runScript(script) {
  const { packageManager } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  // npm 12 runs an install script only when told to; pnpm's puts its binary in place.
  // npm 11 knows the option too, but hands it to child processes, where it is an error.
  const npm = Number(/^npm\/(\d+)/.exec(process.env.npm_config_user_agent ?? "")?.[1] ?? 0);
  const options = ["--yes", "--prefer-offline", ...(npm >= 12 ? ["--allow-scripts=pnpm"] : [])];
  const call = `pnpm install && pnpm run ${script}`;
  return run("npx", [...options, "--package", packageManager.split("+")[0], "--call", call], {
    shell: process.platform === "win32",
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1", ASTRO_TELEMETRY_DISABLED: "1" },
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  process.exit(await runScript(process.argv[2] ?? "check"));
