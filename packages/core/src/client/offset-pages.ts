/** Every item of a list with `offset`: reads pages until `total` items were read or a page is empty. */
export async function* itemsOfOffsets<Query extends { readonly offset?: unknown }, Item>(
  query: Query,
  readPage: (
    query: Query & { readonly offset: number },
  ) => Promise<{ readonly items: readonly Item[]; readonly total: number }>,
): AsyncGenerator<Item, void, undefined> {
  for (let offset = Number(query.offset ?? 0); ;) {
    const { items, total } = await readPage({ ...query, offset });
    yield* items;
    offset += items.length;
    if (items.length === 0 || offset >= total) return;
  }
}
