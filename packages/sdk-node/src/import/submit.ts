import { MemlaneError, type BackoffPolicy, type Runtime } from "@memlane/core";
import { retryDelayMs } from "@memlane/core/internal";
import { isPossiblyAccepted, reactionTo } from "./reaction.ts";

/** The outcome of a request. */
type Submission<Job> =
  | { readonly type: "accepted"; readonly job: Job }
  | { readonly type: "refused"; readonly error: MemlaneError; readonly isWorthSplitting: boolean }
  /** The import was aborted, or this request's error ended it, before the server accepted or refused the request. */
  | { readonly type: "unsent" };

/** Sends a request until the server accepts it or finally refuses it. */
export type Submit = <Job>(send: () => Promise<Job>) => Promise<Submission<Job>>;

/** The parts of an import that submitting needs. */
export interface SubmitSettings {
  readonly runtime: Pick<Runtime, "now" | "random" | "sleep">;
  /** Whether the server supports `Idempotency-Key`. */
  readonly supportsIdempotency: boolean;
  /** Stops waiting; a request under way is not aborted, so that its job becomes known. */
  readonly signal: AbortSignal;
  /** Ends the import. */
  readonly halt: (error: MemlaneError) => void;
  /** Called with the reason when a request has to wait. */
  readonly onWait: (error: MemlaneError) => void;
  /** Called when the server has accepted a request, or may have. */
  readonly onMaybeAccepted: () => void;
}

const backoff: BackoffPolicy = { initialMs: 500, factor: 1.5, maximumMs: 10_000, jitter: 0.2 };
const patienceMs = 15 * 60_000;

/** Makes the submit function of one import: its requests share what is known about the server. */
export function createSubmit({
  runtime,
  supportsIdempotency,
  signal,
  halt,
  onWait,
  onMaybeAccepted,
}: SubmitSettings): Submit {
  let hasAnswered = false;
  return async (send) => {
    const deadlineMs = runtime.now() + patienceMs;
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      try {
        const job = await send();
        hasAnswered = true;
        onMaybeAccepted();
        return { type: "accepted", job };
      } catch (error) {
        if (!MemlaneError.is(error) || isPossiblyAccepted(error)) onMaybeAccepted();
        if (!MemlaneError.is(error)) throw error;
        hasAnswered ||= error.status !== null;
        const reaction = reactionTo(error, { hasAnswered, supportsIdempotency });
        if (reaction === "split" || reaction === "record") {
          return { type: "refused", error, isWorthSplitting: reaction === "split" };
        }
        const delayMs = retryDelayMs(backoff, attempt, runtime.random(), error.retryAfterMs);
        // The server would not accept the rest of the file either.
        if (reaction === "halt" || runtime.now() + delayMs > deadlineMs) {
          halt(error);
          break;
        }
        onWait(error);
        await runtime.sleep(delayMs, signal);
      }
    }
    return { type: "unsent" };
  };
}
