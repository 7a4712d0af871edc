import type { Fetch } from "../transport.ts";

/** The settings of a patient fetch. */
export interface PatientFetchSettings {
  readonly fetch: Fetch;
  /** Milliseconds from any fixed point. */
  readonly now: () => number;
  /** How long requests may fail after the server has answered once, in milliseconds. */
  readonly patienceMs: number;
  /** After it aborts, failures do not count, because the abort may be their cause. */
  readonly signal: AbortSignal;
  /** Called when the first request after an answer fails. */
  readonly onTrouble: () => void;
  /** Called with the last failure when requests have failed for `patienceMs`. */
  readonly onLost: (error: unknown) => void;
}

/** A fetch that reports if the server stops answering. It observes all requests together. */
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
