const stopSignals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const echoMs = 1000;

/**
 * Resolves with the first signal that asks this process to stop. Repeats within a second are
 * ignored: a shell signals the whole process group, and npm forwards the same signal again. A later
 * signal ends the process.
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
