import { execFile } from "node:child_process";
import { promisify } from "node:util";

// A package manager passes all its settings to this program as environment variables. The package manager that we start
// must get only those that say where packages come from.
const fromWhere =
  /^npm_config_(registry|.*:registry|ca|cafile|strict_ssl|proxy|https_proxy|noproxy|userconfig|globalconfig|cache)$/i;

/** Runs a program and resolves with its output. @throws Error with its output if it fails */
export async function run(
  program: string,
  args: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(npm|pnpm)_/i.test(name) || fromWhere.test(name)),
  );
  const env = { ...inherited, ...environment };
  const running = promisify(execFile)(program, args, { cwd, env, maxBuffer: 64 * 1024 * 1024 });
  const { stdout } = await running.catch((error: Error & { readonly stdout?: string }) => {
    throw new Error(`${error.message}\n${error.stdout ?? ""}`);
  });
  return stdout;
}
