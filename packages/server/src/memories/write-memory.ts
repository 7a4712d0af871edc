import { MemlaneError } from "@memlane/core";
import type { Memory } from "@memlane/core/internal";
import type { Database } from "../database/database.ts";
import { coalesce, type later } from "../database/coalesce.ts";
import { giveBackKeys, takeKeys, type KeyedRequest } from "../store/idempotency-keys.ts";
import { admitMemories } from "./insert-within-limits.ts";
import { limitsWrites, type Limits } from "../store/limits.ts";
import { insertAndReadMemories } from "../store/memories.ts";
import type { NewMemory } from "../store/memory-columns.ts";
import { keysOf, writeUnderLock, takeKeysOf, type LimitedWrite } from "../limits/write-under-lock.ts";

/** A memory to store. */
interface MemoryWrite {
  readonly orgId: string;
  readonly limits: Limits;
  readonly memory: NewMemory;
  readonly keyed: KeyedRequest | undefined;
}

/**
 * Stores one memory and its idempotency key, if it has one, in one transaction. Undefined if the
 * key is taken.
 *
 * @throws MemlaneError `quota_exceeded` or `agent_cap_exceeded`; the key then stays free
 */
export type WriteMemory = (
  database: Pick<Database, "query" | "transaction">,
  write: MemoryWrite,
) => Promise<Memory | undefined>;

interface LimitedMemory extends LimitedWrite {
  readonly memory: NewMemory;
}

const bytesPerWrite = 1024 * 1024;
const bytesPerRow = 1024;

/** Makes the function that writes the memories of one process. It combines writes of organisations with limits. */
export function createWriteMemory(shared: Database): WriteMemory {
  const writeLimited = coalesce(
    (offers: readonly LimitedMemory[], areOfOneOrg) => writeWithinLimits(shared, offers, areOfOneOrg),
    {
      lineOf: ({ orgId }) => orgId,
      weightOf: ({ memory }) => bytesPerRow + memory.text.length,
      maximumWeight: bytesPerWrite,
    },
  );
  return async (database, { orgId, limits, memory, keyed }) => {
    if (limitsWrites(limits)) {
      const made = await writeLimited({ id: memory.id, orgId, limits, memory, keyed });
      if (MemlaneError.is(made)) throw made;
      return made;
    }
    if (keyed === undefined) return (await insertAndReadMemories(database, orgId, [memory]))[0];
    return database.transaction(async (sql) => {
      const taken = await takeKeys(sql, [{ keyed, madeId: memory.id }]);
      return taken.size === 0 ? undefined : (await insertAndReadMemories(sql, orgId, [memory]))[0];
    });
  };
}

async function writeWithinLimits(
  database: Database,
  offers: readonly LimitedMemory[],
  areOfOneOrg: boolean,
): Promise<(Memory | MemlaneError | undefined | typeof later)[]> {
  return database.transaction((sql) =>
    writeUnderLock(sql, offers, areOfOneOrg, async (locked) => {
      const answers = new Map<string, Memory | MemlaneError>();
      const refused: LimitedMemory[] = [];
      for (const [orgId, all] of await takeKeysOf(sql, locked)) {
        const memories = all.map(({ memory }) => memory);
        const { admitted, refusals } = await admitMemories(sql, { orgId, limits: all[0]!.limits, memories });
        for (const memory of await insertAndReadMemories(sql, orgId, admitted))
          answers.set(memory.id, memory);
        all.forEach((offer, index) => {
          const refusal = refusals[index];
          if (refusal === undefined) return;
          answers.set(offer.id, refusal);
          refused.push(offer);
        });
      }
      await giveBackKeys(sql, keysOf(refused));
      return locked.map(({ id }) => answers.get(id));
    }),
  );
}
