import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Logger } from "pino";
import { makeFolder } from "../base/make-folder.ts";
import { messageOf } from "../base/message-of.ts";
import { exportToFile } from "./export-to-file.ts";

/** When and where to make backups. */
export interface BackupOptions {
  /** The database, without a pooler. */
  readonly url: string;
  readonly folder: string;
  readonly everyMs: number;
  /** How many stay. */
  readonly keep: number;
  readonly log: Logger;
  /** The present time. @default Date.now */
  readonly now?: () => number;
}

/** Backups in the background. */
export interface Backups {
  /** Makes no further backup. A backup in progress is cancelled. */
  readonly stop: () => Promise<void>;
}

const retryMs = 600_000;
const backupName = /^memlane-(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\dZ)\.export$/;

/**
 * Makes a backup when the newest one in the folder is old enough. A backup is an export of the
 * database, which servers use meanwhile.
 */
export function startBackups(options: BackupOptions): Backups {
  const { log, now = Date.now } = options;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const stopping = new AbortController();
  const schedule = (delayMs: number) => {
    if (!stopping.signal.aborted) timer = setTimeout(() => void (running = run()), Math.max(0, delayMs));
  };

  async function run(): Promise<void> {
    try {
      const dueMs = (await findNewest(options.folder)) + options.everyMs;
      if (dueMs > now()) return schedule(dueMs - now());
      const file = join(options.folder, nameOf(now()));
      const rows = await exportToFile(options.url, file, { signal: stopping.signal });
      await removeOld(options);
      log.info({ file, rows }, "made a backup");
      schedule(options.everyMs);
    } catch (error) {
      if (!stopping.signal.aborted) log.error({ err: error }, `no backup could be made: ${messageOf(error)}`);
      schedule(retryMs);
    }
  }
  schedule(0);
  return {
    async stop() {
      stopping.abort();
      clearTimeout(timer);
      await running;
    },
  };
}

const nameOf = (ms: number) =>
  `memlane-${new Date(ms).toISOString().slice(0, 19).replaceAll(":", "-")}Z.export`;

async function listBackups(folder: string): Promise<readonly string[]> {
  await makeFolder(folder);
  return (await readdir(folder)).filter((name) => backupName.test(name)).toSorted();
}

/** The time of the newest backup, in milliseconds; 0 without one. */
async function findNewest(folder: string): Promise<number> {
  const newest = (await listBackups(folder)).at(-1);
  return newest === undefined ? 0 : Date.parse(newest.replace(backupName, "$1:$2:$3"));
}

async function removeOld({ folder, keep }: BackupOptions): Promise<void> {
  for (const name of (await listBackups(folder)).slice(0, -keep)) await rm(join(folder, name));
}
