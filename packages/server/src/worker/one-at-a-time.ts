/** Runs each piece of work after the ones before it have ended, even if they failed. */
export type OneAtATime = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** Makes a queue for work that takes too much memory to run several at a time. */
export function createOneAtATime(): OneAtATime {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.catch(() => {});
    return result;
  };
}
