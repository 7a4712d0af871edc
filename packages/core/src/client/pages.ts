/** The part of a page that leads to the next. */
export interface Page<Item> {
  readonly data: readonly Item[];
  readonly has_more: boolean;
  readonly next_cursor: string | null;
}

/** Every item of every page from the query's on: follows the cursor until a page says that it is the last. */
export async function* itemsOfPages<Query extends object, Item>(
  readPage: (query: Query & { readonly cursor?: string }) => Promise<Page<Item>>,
  query: Query,
): AsyncGenerator<Item, void, undefined> {
  let page = await readPage(query);
  yield* page.data;
  while (page.has_more && page.next_cursor !== null) {
    page = await readPage({ ...query, cursor: page.next_cursor });
    yield* page.data;
  }
}
