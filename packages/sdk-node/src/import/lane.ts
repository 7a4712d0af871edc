/** Runs a limited number of tasks at a time. */
export interface Lane {
  /** Resolves when the task has started, as soon as there is room. */
  readonly begin: (task: () => Promise<void>) => Promise<void>;
  /** Resolves when every started task has ended. */
  readonly idle: () => Promise<void>;
}

/**
 * Runs at most `width` tasks at a time, for one producer that awaits each `begin`. If a task throws, the next
 * `begin` or `idle` throws its error.
 */
export function createLane(width: number): Lane {
  const running = new Set<Promise<void>>();
  const failures: unknown[] = [];
  const throwFailure = () => {
    if (failures.length > 0) throw failures[0];
  };
  return {
    async begin(task) {
      while (running.size >= width) await Promise.race(running);
      throwFailure();
      const run = task()
        .catch((error: unknown) => void failures.push(error))
        .finally(() => running.delete(run));
      running.add(run);
    },
    async idle() {
      await Promise.all(running);
      throwFailure();
    },
  };
}
