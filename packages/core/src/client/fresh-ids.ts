/** The ids that were received a moment ago. */
export interface FreshIds {
  readonly add: (id: string) => void;
  readonly has: (id: string) => boolean;
}

/** Long enough for a replica to catch up, short enough for a wrong id to be called wrong. */
const freshMs = 10_000;

/** Remembers ids for ten seconds. */
export function createFreshIds(now: () => number): FreshIds {
  const receivedAtMs = new Map<string, number>();
  const isFresh = (atMs: number) => now() - atMs < freshMs;
  return {
    add(id) {
      // The oldest come first: what is left behind is never more than was received within the time.
      for (const [old, atMs] of receivedAtMs) {
        if (isFresh(atMs)) break;
        receivedAtMs.delete(old);
      }
      receivedAtMs.set(id, now());
    },
    has: (id) => isFresh(receivedAtMs.get(id) ?? -Infinity),
  };
}
