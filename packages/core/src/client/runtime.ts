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
   * Resolves after the delay, or as soon as the signal aborts. It must not resolve early if the delay is
   * longer than a timer of the runtime allows.
   */
  readonly sleep: (delayMs: number, signal?: AbortSignalLike) => Promise<void>;
}
