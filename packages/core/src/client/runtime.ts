import type { AbortSignalLike } from "./abort.ts";
import type { Transport } from "./transport.ts";

/** What the client surface needs from the world: time, chance and HTTP. */
export interface Runtime {
  readonly transport: Transport;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /**
   * Resolves after the delay, or as soon as the signal aborts. A delay beyond what a timer of the runtime can
   * hold is no reason to resolve early.
   */
  readonly sleep: (delayMs: number, signal?: AbortSignalLike) => Promise<void>;
}
