/** Entries by sequences of words. The time of a look-up depends on its words and its result, not on the number of entries. */
export interface WordTree<Entry> {
  readonly add: (words: readonly string[], entry: Entry) => void;
  readonly remove: (words: readonly string[], entry: Entry) => void;
  /** Entries with exactly these words. */
  readonly exactly: (words: readonly string[]) => Iterable<Entry>;
  /** Entries with these words, alone or with an elaboration after them, in the order of adding. */
  readonly elaborating: (words: readonly string[]) => Iterable<Entry>;
  /** Entries whose words begin with these. */
  readonly beginningWith: (words: readonly string[]) => Iterable<Entry>;
  /** Entries whose words are the first of these, or all of them. */
  readonly beginningsOf: (words: readonly string[]) => Iterable<Entry>;
}

/** Each part is made at its first use, because most nodes have no entries. */
interface Node<Entry> {
  children?: Map<string, Node<Entry>>;
  ending?: Set<Entry>;
  elaborating?: Set<Entry>;
}

/**
 * Makes an empty tree. `elaborations` are words that begin an elaboration, which does not change the meaning of earlier words.
 */
export function createWordTree<Entry>(elaborations: ReadonlySet<string>): WordTree<Entry> {
  const root: Node<Entry> = {};

  /** The nodes along these words from the root, as far as they exist. */
  function* pathOf(words: readonly string[]): Generator<Node<Entry>, void> {
    let node: Node<Entry> | undefined = root;
    yield node;
    for (const word of words) {
      node = node.children?.get(word);
      if (node === undefined) return;
      yield node;
    }
  }
  function nodeOf(words: readonly string[]): Node<Entry> | undefined {
    return [...pathOf(words)][words.length];
  }

  return {
    add: (words, entry) => {
      let node = root;
      for (const word of words) {
        if (elaborations.has(word)) (node.elaborating ??= new Set()).add(entry);
        node.children ??= new Map();
        const child = node.children.get(word) ?? {};
        node.children.set(word, child);
        node = child;
      }
      (node.ending ??= new Set()).add(entry);
      (node.elaborating ??= new Set()).add(entry);
    },
    remove: (words, entry) => {
      const path = [...pathOf(words)];
      path[words.length]?.ending?.delete(entry);
      for (const [depth, node] of [...path.entries()].toReversed()) {
        node.elaborating?.delete(entry);
        if (depth > 0 && isEmpty(node)) path[depth - 1]!.children?.delete(words[depth - 1]!);
      }
    },
    exactly: (words) => nodeOf(words)?.ending ?? [],
    elaborating: (words) => nodeOf(words)?.elaborating ?? [],
    *beginningWith(words) {
      const open = [nodeOf(words)];
      for (let node = open.pop(); node !== undefined; node = open.pop()) {
        yield* node.ending ?? [];
        for (const child of node.children?.values() ?? []) open.push(child);
      }
    },
    *beginningsOf(words) {
      for (const { ending } of pathOf(words)) yield* ending ?? [];
    },
  };
}

function isEmpty<Entry>({ children, elaborating }: Node<Entry>): boolean {
  return (children?.size ?? 0) === 0 && (elaborating?.size ?? 0) === 0;
}
