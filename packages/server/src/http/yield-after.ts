const longMs = 10;

/** Does a piece of work that cannot be divided, and lets other requests go first if it took long. */
export async function yieldAfter<Result>(work: () => Result): Promise<Result> {
  const startedMs = performance.now();
  const result = work();
  if (performance.now() - startedMs > longMs) await new Promise((resolve) => setTimeout(resolve));
  return result;
}
