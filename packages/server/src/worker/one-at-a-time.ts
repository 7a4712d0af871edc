/** Does each piece of work when those before it are done, whatever became of them. */
export type OneAtATime = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** Makes a line for work of which several pieces at a time would take too much memory. */
export function createOneAtATime(): OneAtATime {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.catch(() => {});
    return result;
  };
}
