// A PostgreSQL that goes with the process that wanted it.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEmbeddedPostgres } from "../src/embedded/embedded-postgres.ts";
import { createLogger } from "../src/logger.ts";

/** A PostgreSQL, and the new folder that it is in. */
export interface ScratchPostgres {
  readonly url: string;
  readonly directory: string;
  /** Stops it and deletes the folder. */
  readonly close: () => Promise<void>;
}

const closers = new Set<() => Promise<void>>();

/** Starts a PostgreSQL on a new folder; it is closed, too, when the process is interrupted. */
export async function openScratchPostgres(): Promise<ScratchPostgres> {
  if (closers.size === 0) process.once("SIGINT", closeAll);
  closers.add(close);
  const directory = await mkdtemp(join(tmpdir(), "memlane-scratch-"));
  const opening = openEmbeddedPostgres({ directory, as: "owner", log: createLogger("silent") });
  const { url } = await opening;
  return { url, directory, close };

  async function close(): Promise<void> {
    await (await opening).close();
    await rm(directory, { recursive: true, force: true });
    closers.delete(close);
    if (closers.size === 0) process.off("SIGINT", closeAll);
  }
}

function closeAll(): void {
  process.on("uncaughtException", () => {}); // whoever uses them fails now, and must not end the process before
  void Promise.allSettled([...closers].map((close) => close())).then(() => process.exit(130));
}
