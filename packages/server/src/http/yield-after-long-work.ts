const longMs = 10;

/** Does work that cannot be split. If it took long, lets other requests run before it resolves. */
export async function yieldAfterLongWork<Result>(work: () => Result): Promise<Result> {
  const startedMs = performance.now();
  const result = work();
  if (performance.now() - startedMs > longMs) await new Promise((resolve) => setTimeout(resolve));
  return result;
}
