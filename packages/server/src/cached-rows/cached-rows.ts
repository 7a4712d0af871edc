import type { Database } from "../database/database.ts";

/** What is looked up, and when what was found no longer counts. */
export interface CacheOptions<Found> {
  readonly find: (name: string) => Promise<Found | undefined>;
  /** A notification on it says that what is known may be wrong. */
  readonly channel: string;
  /** What to remember a name by. @default the name itself */
  readonly aliasOf?: (name: string) => string;
  readonly now?: () => number;
}

const freshMs = 1000; // how long a thing that has changed may still count where the notification got lost
const mostNames = 10_000;

/**
 * Looks things up and knows them for a moment. A thing that changes is forgotten when the notification arrives, and
 * within a second of its look-up in any case. What was not found is looked up anew each time, since it may be made.
 */
export async function openCachedRows<Found>(
  database: Database,
  { find, channel, aliasOf = (name) => name, now = Date.now }: CacheOptions<Found>,
): Promise<(name: string) => Promise<Found | undefined>> {
  const known = new Map<string, { readonly untilMs: number; readonly found: Promise<Found | undefined> }>();
  await database.listen(channel, () => known.clear());
  return async (name) => {
    const alias = aliasOf(name);
    const remembered = known.get(alias);
    if (remembered !== undefined && now() < remembered.untilMs) return remembered.found;
    if (known.size >= mostNames) known.clear();
    // From before the look-up: what it finds may change while the answer is on its way.
    const entry = { untilMs: now() + freshMs, found: find(name) };
    known.set(alias, entry);
    try {
      const found = await entry.found;
      if (found === undefined && known.get(alias) === entry) known.delete(alias);
      return found;
    } catch (error) {
      if (known.get(alias) === entry) known.delete(alias);
      throw error;
    }
  };
}
