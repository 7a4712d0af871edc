import { print, printToStderr } from "./output.ts";

/** How a command prints a list. */
export interface ListOutput<Item> {
  /** The largest number of items. */
  readonly limit?: number;
  /** Prints each item as JSON. */
  readonly json?: true | undefined;
  /** An item in one line. */
  readonly describe: (item: Item) => string;
  /** The message if there are no items. */
  readonly textIfNone: string;
}

/** Prints items, one a line. Reads no page that it does not print. */
export async function printList<Item>(
  items: AsyncIterable<Item> | Iterable<Item>,
  { limit = Infinity, json, describe, textIfNone }: ListOutput<Item>,
): Promise<void> {
  let printed = 0;
  for await (const item of items) {
    print(json ? JSON.stringify(item) : describe(item));
    printed += 1;
    if (printed === limit) break;
  }
  if (printed === 0 && !json) printToStderr(textIfNone);
}
