import type { Database } from "../database/database.ts";

/** How to find a row, and when to forget it. */
export interface CacheOptions<Found> {
  readonly find: (name: string) => Promise<Found | undefined>;
  /** The notification channel for changed rows. */
  readonly channel: string;
  /** The key of a name in the cache. @default the name itself */
  readonly aliasOf?: (name: string) => string;
  readonly now?: () => number;
}

const freshMs = 1000; // the longest time that a changed row is still used if its notification is lost
const mostNames = 10_000;

/**
 * Caches rows for a second. All rows are forgotten earlier if a notification reports a change. A
 * name without a row is not cached, because the row may be created at any time.
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
    // The second begins before the query, because the row may change while the query runs.
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
