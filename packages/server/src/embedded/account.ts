// PostgreSQL refuses to run as root, because a flaw in it would then expose the whole system. If
// Memlane runs as root (for example in a container), the database runs under an account without
// rights.
import { execFile } from "node:child_process";
import { stat } from "node:fs/promises";
import { promisify } from "node:util";

/** The account that runs the database. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
  /** Whether the account needs the right to pass through folders that are closed to it, such as root's home. */
  readonly mayPass: boolean;
}

const execute = promisify(execFile);

/**
 * The account for the database in `data`, or undefined to run it as the current user, who is not
 * root. An existing database stays with its owner, because no other account may read it.
 */
export async function findAccount(data: string, paths: readonly string[]): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  if (process.platform !== "linux") {
    throw new Error(
      "PostgreSQL does not run as root. Start Memlane as an ordinary user, or set DATABASE_URL.",
    );
  }
  const ids = (await identifyOwner(data)) ?? (await identify("postgres")) ?? (await identify("nobody"));
  if (ids === undefined) {
    throw new Error(
      "PostgreSQL does not run as root, and this system has neither the user postgres nor nobody.",
    );
  }
  const account = { ...ids, mayPass: false };
  return { ...account, mayPass: !(await canReach(account, paths)) };
}

async function identifyOwner(data: string): Promise<{ uid: number; gid: number } | undefined> {
  const owner = await stat(data).catch(() => undefined);
  return owner === undefined || owner.uid === 0 ? undefined : { uid: owner.uid, gid: owner.gid };
}

async function identify(name: string): Promise<{ uid: number; gid: number } | undefined> {
  try {
    const [uid, gid] = await Promise.all(["-u", "-g"].map((flag) => execute("id", [flag, name])));
    return { uid: Number(uid!.stdout), gid: Number(gid!.stdout) };
  } catch {
    return undefined;
  }
}

async function canReach(account: Account, paths: readonly string[]): Promise<boolean> {
  const [command, prefix] = accountOptions(account);
  const tests = paths.flatMap((path, index) => [...(index > 0 ? ["-a"] : []), "-x", path]);
  try {
    await execute(command!, [...prefix, "test", ...tests]);
    return true;
  } catch {
    return false;
  }
}

/** The command that runs a program as this account: put the program and its arguments after it. */
export function accountOptions(
  account: Account | undefined,
): readonly [string | undefined, readonly string[]] {
  if (account === undefined) return [undefined, []];
  const options = [`--reuid=${account.uid}`, `--regid=${account.gid}`, "--clear-groups"];
  if (account.mayPass) {
    // This grants more rights than passing through folders needs. dac_read_search would be enough,
    // but containers rarely have it. With no_setuid_fixup, access(2) respects the
    // capability too, which PostgreSQL needs to check its own programs.
    options.push("--securebits=+no_setuid_fixup", "--inh-caps=+dac_override", "--ambient-caps=+dac_override");
  }
  return ["setpriv", options];
}
