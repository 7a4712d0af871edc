/** What was learned: the new memories without the episode, which is kept of every conversation. */
export function learnedOf<Reference extends { readonly type: string }>(
  created: readonly Reference[] = [],
): readonly Reference[] {
  return created.filter(({ type }) => type !== "episode");
}
