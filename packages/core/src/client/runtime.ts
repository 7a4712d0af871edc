import type { AbortSignalLike } from "./abort.ts";
import type { Transport } from "./transport.ts";

/** What the client needs from its runtime: time, randomness and HTTP. */
export interface Runtime {
  readonly transport: Transport;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /**
   * Resolves after the delay, or as soon as the signal aborts. A delay that is too long for the runtime's
   * timers must not resolve at once.
   */
  readonly sleep: (delayMs: number, signal?: AbortSignalLike) => Promise<void>;
}
