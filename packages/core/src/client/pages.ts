/** Every item of every page: follows the cursor until a page says that it is the last. */
export async function* itemsOfPages<Item>(
  readPage: (
    cursor: string | undefined,
  ) => Promise<{ readonly data: readonly Item[]; readonly next_cursor: string | null }>,
): AsyncGenerator<Item, void, undefined> {
  let cursor: string | undefined;
  do {
    const page: Awaited<ReturnType<typeof readPage>> = await readPage(cursor);
    yield* page.data;
    cursor = page.next_cursor ?? undefined;
  } while (cursor !== undefined);
}
