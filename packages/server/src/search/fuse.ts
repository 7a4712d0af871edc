/**
 * A larger number reduces the advantage of the first ranks over later ranks. It is 60 in the paper
 * that introduced the method.
 */
const damping = 60;

/**
 * Merges rankings by reciprocal rank fusion (Cormack, Clarke, Büttcher 2009), which does not compare their scores. The best item
 * comes first. Each score is a share of the highest possible score.
 */
export function fuse<Item>(
  lists: readonly (readonly Item[])[],
): readonly (readonly [item: Item, score: number])[] {
  const scores = new Map<Item, number>();
  for (const list of lists) {
    for (const [rank, item] of list.entries()) {
      scores.set(item, (scores.get(item) ?? 0) + (damping + 1) / (damping + 1 + rank) / lists.length);
    }
  }
  return [...scores].toSorted(([, one], [, other]) => other - one);
}
