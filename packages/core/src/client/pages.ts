/** The part of a page that leads to the next. */
export interface Page<Item> {
  readonly data: readonly Item[];
  readonly has_more: boolean;
  readonly next_cursor: string | null;
}

/** Every item of every page: follows the cursor until a page says that it is the last. */
export async function* itemsOfPages<Item>(
  readPage: (cursor: string | undefined) => Promise<Page<Item>>,
): AsyncGenerator<Item, void, undefined> {
  let page = await readPage(undefined);
  yield* page.data;
  while (page.has_more && page.next_cursor !== null) {
    page = await readPage(page.next_cursor);
    yield* page.data;
  }
}
