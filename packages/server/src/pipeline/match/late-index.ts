/** An index whose entries can be added and removed. */
interface Index<Entry> {
  readonly add: (entry: Entry) => void;
  readonly remove: (entry: Entry) => void;
}

/** An index that is built from `entries` at its first use. Most jobs never use it. */
export function createLateIndex<Entry, Made extends Index<Entry>>(
  entries: ReadonlyMap<Entry, unknown>,
  make: () => Made,
): Index<Entry> & { readonly get: () => Made } {
  let made: Made | undefined;
  return {
    add: (entry) => made?.add(entry),
    remove: (entry) => made?.remove(entry),
    get: () => {
      if (made === undefined) {
        made = make();
        for (const entry of entries.keys()) made.add(entry);
      }
      return made;
    },
  };
}
