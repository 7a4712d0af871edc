/** Returns a function that calls `read` and keeps its result under a name. It returns a kept result for `keptMs`. */
export function createRecentResults<Result>(
  keptMs: number,
  now: () => number = () => performance.now(),
): (name: string, read: () => Promise<Result>) => Promise<Result> {
  const recent = new Map<string, { readonly result: Result; readonly untilMs: number }>(); // oldest first
  return async (name, read) => {
    for (const [old, { untilMs }] of recent) {
      if (untilMs > now()) break;
      recent.delete(old);
    }
    const known = recent.get(name);
    if (known !== undefined) return known.result;
    const result = await read();
    recent.delete(name); // so that it comes last
    recent.set(name, { result, untilMs: now() + keptMs });
    return result;
  };
}
