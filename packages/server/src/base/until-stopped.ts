const stopSignals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const echoMs = 1000;

/**
 * Resolves with the first signal that asks this process to stop. Signals that follow within a second are echoes of it: a
 * group of processes is told as a whole, and a wrapper in it hands on what it was told. A later one ends the process.
 */
export function untilStopped(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    const hear = (first: NodeJS.Signals) => {
      resolve(first);
      setTimeout(() => stopSignals.forEach((signal) => process.off(signal, hear)), echoMs).unref();
    };
    for (const signal of stopSignals) process.on(signal, hear);
  });
}
