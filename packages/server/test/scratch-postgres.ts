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

/** Starts a PostgreSQL on a new folder; it is closed, too, when the process is interrupted. */
export async function openScratchPostgres(): Promise<ScratchPostgres> {
  const directory = await mkdtemp(join(tmpdir(), "memlane-scratch-"));
  const postgres = await openEmbeddedPostgres({ directory, as: "owner", log: createLogger("silent") });
  const interrupted = () => {
    process.on("uncaughtException", () => {}); // whoever uses it fails now, and must not end the process before
    void close().finally(() => process.exit(130));
  };
  process.once("SIGINT", interrupted);
  return { url: postgres.url, directory, close };

  async function close(): Promise<void> {
    await postgres.close();
    process.off("SIGINT", interrupted);
    await rm(directory, { recursive: true, force: true });
  }
}
