/** The places that each organisation may fill with attempts, so that a slow receiver does not delay other organisations. */
export interface PlacesPerOrg {
  /** Takes a place. Call the function it returns, with the duration of the attempt, to free the place. */
  readonly take: (orgId: string) => (tookMs: number) => void;
  /** The free places of each organisation that has fewer than `placesPerOrg`. */
  readonly free: () => ReadonlyMap<string, number>;
}

/** How many attempts of one organisation may run at the same time. */
export const placesPerOrg = 4;

/** The same for an organisation whose last attempt was slow. */
const placesPerSlowOrg = 1;

const slowMs = 5000;

/** Makes the places, all of them free. */
export function createPlacesPerOrg(): PlacesPerOrg {
  const taken = new Map<string, number>();
  const slowOrgs = new Set<string>();
  const add = (orgId: string, change: number) => {
    const count = (taken.get(orgId) ?? 0) + change;
    if (count === 0) taken.delete(orgId);
    else taken.set(orgId, count);
  };
  return {
    take(orgId) {
      add(orgId, 1);
      return (tookMs) => {
        add(orgId, -1);
        if (tookMs > slowMs) slowOrgs.add(orgId);
        else slowOrgs.delete(orgId);
      };
    },
    free() {
      const orgIds = new Set([...taken.keys(), ...slowOrgs]);
      return new Map(
        Array.from(orgIds, (orgId) => {
          const places = slowOrgs.has(orgId) ? placesPerSlowOrg : placesPerOrg;
          return [orgId, Math.max(0, places - (taken.get(orgId) ?? 0))];
        }),
      );
    },
  };
}
