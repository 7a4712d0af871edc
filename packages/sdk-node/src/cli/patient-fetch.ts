import type { Fetch } from "../transport.ts";

/** The settings of a patient fetch. */
export interface PatientFetchSettings {
  readonly fetch: Fetch;
  /** Milliseconds from any fixed point. */
  readonly now: () => number;
  /** For how long a server that has answered before may be silent, in milliseconds. */
  readonly patienceMs: number;
  /** Failures after it has aborted say nothing about the server. */
  readonly signal: AbortSignal;
  /** Called when the first request after an answer fails. */
  readonly onTrouble: () => void;
  /** Called when patience is over, with the last failure. */
  readonly onLost: (error: unknown) => void;
}

/** A fetch that watches, over all requests, whether the server still answers. */
export function createPatientFetch(settings: PatientFetchSettings): Fetch {
  const { fetch, now, patienceMs, signal, onTrouble, onLost } = settings;
  let hasAnswered = false;
  let failingSinceMs: number | undefined;
  return async (request) => {
    try {
      const response = await fetch(request);
      hasAnswered = true;
      failingSinceMs = undefined;
      return response;
    } catch (error) {
      if (hasAnswered && !signal.aborted) {
        if (failingSinceMs === undefined) onTrouble();
        failingSinceMs ??= now();
        if (now() - failingSinceMs >= patienceMs) onLost(error);
      }
      throw error;
    }
  };
}
