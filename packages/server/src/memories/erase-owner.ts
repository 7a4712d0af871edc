import type { JobId } from "@memlane/core";
import type { RequestDatabase } from "../database/org-shares.ts";
import { revokeKeysOf } from "../store/api-keys.ts";
import { insertErasure, type NewErasure } from "../store/erasures.ts";
import { runErasure, type ErasureReport } from "./run-erasure.ts";

/** How long a request waits for its erasure, in milliseconds. Clients wait for 30 s. */
const requestMs = 20_000;

/** What to erase. */
export interface OwnerErasure extends NewErasure {
  readonly database: RequestDatabase;
  /** Called after each transaction that changed jobs. */
  readonly onChanged: (jobs: readonly JobId[]) => void;
}

/**
 * Erases everything of a user, of an agent or of an organisation that was stored before. If that takes too long, the sweep of a
 * worker continues. The keys of an erased organisation are revoked first.
 */
export async function eraseOwner({ database, onChanged, ...erasure }: OwnerErasure): Promise<ErasureReport> {
  const { id, orgId, scope } = erasure;
  await database.transaction(async (sql) => {
    if (scope.kind === "organisation") await revokeKeysOf(sql, orgId);
    await insertErasure(sql, erasure);
  });
  const untilMs = performance.now() + requestMs;
  return runErasure({ database, orgId, id, onChanged, isOver: () => performance.now() > untilMs });
}
