import { execFile } from "node:child_process";
import { promisify } from "node:util";

// A package manager that runs this hands all of its settings on: what it was asked to do, which is not meant for another
// one, and from where it takes packages, which is.
const fromWhere =
  /^npm_config_(registry|.*:registry|ca|cafile|strict_ssl|proxy|https_proxy|noproxy|userconfig|globalconfig|cache)$/i;

/** Runs a program to its end, and resolves with what it printed. @throws Error with what it said, when it fails */
export async function run(program: string, args: readonly string[], cwd: string): Promise<string> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(npm|pnpm)_/i.test(name) || fromWhere.test(name)),
  );
  const running = promisify(execFile)(program, args, { cwd, env, maxBuffer: 64 * 1024 * 1024 });
  const { stdout } = await running.catch((error: Error & { readonly stdout?: string }) => {
    throw new Error(`${error.message}\n${error.stdout ?? ""}`);
  });
  return stdout;
}
