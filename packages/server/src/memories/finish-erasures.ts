import type { JobId } from "@memlane/core";
import type { Database } from "../database/database.ts";
import { takeOverErasure } from "../store/erasures.ts";
import { runErasure } from "./run-erasure.ts";

/** Finishes the erasures whose process has stopped, until `isOver` is true. */
export async function finishErasures(
  database: Database,
  onChanged: (jobs: readonly JobId[]) => void,
  isOver: () => boolean,
): Promise<void> {
  while (!isOver()) {
    const erasure = await takeOverErasure(database);
    if (erasure === undefined) return;
    await runErasure({ ...erasure, database, onChanged, isOver });
  }
}
