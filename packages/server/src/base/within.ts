/** Waits for a promise, but no longer than `ms`. Then it resolves with undefined. Rejects if the promise rejects. */
export async function within<Result>(ms: number, promise: Promise<Result>): Promise<Result | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), ms)));
  return Promise.race([promise, over]).finally(() => clearTimeout(timer));
}
