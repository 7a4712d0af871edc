import { defaultPollPolicy, type PollPolicy } from "../poll/poll.ts";
import type { AbortSignalLike } from "./abort.ts";
import type { CreateOptions } from "./call.ts";
import { checkTimeout } from "./check-timeout.ts";

/** How to watch a job. */
export interface WatchOptions {
  /** How long to watch in all, in milliseconds; `Infinity` waits until the job ends. @default 300_000 */
  readonly timeoutMs?: number | undefined;
  /** Stops watching at once, with the code `aborted`; the job continues. */
  readonly signal?: AbortSignalLike | undefined;
}

/** How to wait for a job. */
export interface PollOptions<Job> extends WatchOptions {
  /** Called with the job as first read, and after each change, including the last. */
  readonly onUpdate?: ((job: Job) => void) | undefined;
  /** An alias of `onUpdate`: the batch API's own name for it. */
  readonly onProgress?: ((job: Job) => void) | undefined;
}

/** How to submit something and wait for its job: `timeoutMs` covers both. */
export interface CreateAndWaitOptions<Job> extends PollOptions<Job>, Pick<CreateOptions, "idempotencyKey"> {}

/** The policy that a caller's options ask for. @throws TypeError if an option cannot work */
export function pollPolicyOf({ timeoutMs = defaultPollPolicy.timeoutMs }: WatchOptions): PollPolicy {
  checkTimeout(timeoutMs);
  return { ...defaultPollPolicy, timeoutMs };
}
