/** The part of a page that reading all pages needs. */
export interface Page<Item> {
  readonly data: readonly Item[];
  readonly has_more: boolean;
  readonly next_cursor: string | null;
}

/** Every item of every page: follows the cursor until the last page. */
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
