// The major version of PostgreSQL decides the format of a cluster's files.
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { version as memlaneVersion } from "../base/version.ts";
import type { Binaries } from "./binaries.ts";

/** @throws Error that says what to do if the cluster in `data` was made by another major version */
export async function checkMajor(data: string, { postgres }: Binaries): Promise<void> {
  const found = (await readFile(join(data, "PG_VERSION"), "utf8").catch(() => "")).trim();
  const { stdout } = await promisify(execFile)(postgres, ["--version"]);
  const ours = /(\d+)/.exec(stdout)?.[1];
  if (found === "" || ours === undefined || found === ours) return;
  throw new Error(
    `The folder ${dirname(data)} is of PostgreSQL ${found}, and Memlane ${memlaneVersion} has PostgreSQL ${ours}. ` +
      "Export it with the Memlane that made it ('memlane-server export all.memlane --data FOLDER'), " +
      "and import it into a new folder with this one ('memlane-server import all.memlane --data NEW-FOLDER').",
  );
}
