import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chown, mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Account } from "./account.ts";
import { run, type Binaries } from "./binaries.ts";

/** The superuser of a new cluster. */
export const user = "memlane";

/** The file in a cluster's folder with that user's password. */
export const passwordFile = "memlane-password";

/**
 * Creates a cluster in the folder `data`, if there is none. It is created in a temporary folder and
 * renamed when it is complete, so other processes never see an incomplete one. Incomplete folders
 * of killed processes are removed.
 */
export async function initialise(
  root: string,
  data: string,
  binaries: Binaries,
  account: Account | undefined,
): Promise<void> {
  if (!existsSync(data)) {
    const scratch = join(root, `new-${randomBytes(4).toString("hex")}`);
    try {
      await rename(await makeCluster(scratch, binaries, account), data);
    } catch (error) {
      // Another process may have been first: then use its cluster.
      if (!existsSync(data)) throw error;
    } finally {
      await remove(scratch);
    }
  }
  // One of these folders may belong to a process that is still creating a cluster. That process then
  // uses the cluster of this process, as above.
  const halfMade = (await readdir(root)).filter((name) => /^new-[0-9a-f]{8}$/.test(name));
  for (const name of halfMade) await remove(join(root, name));
}

async function remove(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true }).catch(() => {}); // a later start removes the rest
}

async function makeCluster(
  scratch: string,
  binaries: Binaries,
  account: Account | undefined,
): Promise<string> {
  const [data, password] = [join(scratch, "postgres"), join(scratch, passwordFile)];
  await mkdir(scratch, { mode: 0o700 });
  await writeFile(password, randomBytes(24).toString("base64url"), { mode: 0o600 });
  if (account !== undefined) {
    for (const path of [scratch, password]) await chown(path, account.uid, account.gid);
  }
  const authentication = ["--auth=scram-sha-256", `--pwfile=${password}`];
  const locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  await run(binaries.initdb, ["-D", data, "-U", user, ...authentication, ...locale], account);
  await rename(password, join(data, passwordFile));
  return data;
}
