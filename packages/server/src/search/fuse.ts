/** How much later places count less than the first: 60, as in the paper that introduced it. */
const damping = 60;

/**
 * Ranks what several lists rank, by reciprocal rank fusion (Cormack, Clarke, Büttcher 2009), which needs no scores that
 * compare. Each with its share of the highest score there can be, the best first.
 */
export function fuse<Item>(
  lists: readonly (readonly Item[])[],
): readonly (readonly [item: Item, score: number])[] {
  const scores = new Map<Item, number>();
  for (const list of lists) {
    for (const [place, item] of list.entries()) {
      scores.set(item, (scores.get(item) ?? 0) + (damping + 1) / (damping + 1 + place) / lists.length);
    }
  }
  return [...scores].toSorted(([, one], [, other]) => other - one);
}
