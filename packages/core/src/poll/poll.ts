import { isTerminal, type JobState } from "../job/job-machine.ts";
import { retryDelayMs, type BackoffPolicy } from "./backoff.ts";

/** How to wait for a job. */
export interface PollPolicy {
  readonly backoff: BackoffPolicy;
  /** How long to wait in all, in milliseconds, including the last request. */
  readonly timeoutMs: number;
  /** When `timeoutMs` starts: when the poll starts, or at each answer of the server. @default "start" */
  readonly timeoutFrom?: "start" | "lastAnswer";
  /** How long one request may take, in milliseconds. */
  readonly requestTimeoutMs: number;
}

/** Notices the end of a quick job soon; a long job costs one request every five seconds. */
export const defaultPollPolicy: PollPolicy = {
  backoff: { initialMs: 250, factor: 1.5, maximumMs: 5000, jitter: 0.2 },
  timeoutMs: 300_000,
  requestTimeoutMs: 30_000,
};

/**
 * The pause between two long-polls, in milliseconds: a job that changes all the time is read 40 times a
 * second.
 */
export const longPollDelayMs = 25;

/** The state of a poll. */
export interface PollState {
  readonly deadlineMs: number;
  /** How many waits have ended. */
  readonly attempt: number;
  /** Whether the poll has waited until its last request. */
  readonly isLast: boolean;
}

/** What has just happened to a poll. */
export type PollEvent =
  /** The wait has ended, or no request has been sent yet. */
  | { readonly type: "due" }
  /** The job was read; its state is undefined if its status is an unknown word. */
  | {
      readonly type: "job";
      readonly state: JobState | undefined;
      readonly retryAfterMs?: number | undefined;
      /** How long until the next poll is worth a request. The client learned it from earlier jobs. */
      readonly expectedInMs?: number | undefined;
      /** The server waited for a change before it answered (a long-poll): it can be asked again at once. */
      readonly hasWaited?: boolean;
    }
  /** The request failed. */
  | { readonly type: "failure"; readonly retryable: boolean; readonly retryAfterMs?: number | undefined };

/** What a poll must do next. */
export type PollAction =
  | { readonly type: "send"; readonly timeoutMs: number }
  | { readonly type: "wait"; readonly delayMs: number }
  /** The job has ended. */
  | { readonly type: "return" }
  /** `timeoutMs` is over. */
  | { readonly type: "timeout" }
  /** The request failed, and a retry cannot help. */
  | { readonly type: "fail" };

/** A poll that starts now; its first event is `due`. */
export function startPoll(policy: PollPolicy, nowMs: number): PollState {
  return { deadlineMs: nowMs + policy.timeoutMs, attempt: 0, isLast: false };
}

/**
 * One step of a poll: the next state and what to do. Between two steps, `nowMs` grows by the time that the
 * caller spent. No request and no wait ends after the deadline.
 */
export function pollStep(
  policy: PollPolicy,
  before: PollState,
  event: PollEvent,
  nowMs: number,
  random: number,
): readonly [PollState, PollAction] {
  const isExtended = event.type === "job" && policy.timeoutFrom === "lastAnswer";
  const state = isExtended ? { ...before, deadlineMs: nowMs + policy.timeoutMs } : before;
  const remainingMs = state.deadlineMs - nowMs;
  if (event.type === "due") {
    if (remainingMs <= 0) return [state, { type: "timeout" }];
    return [state, { type: "send", timeoutMs: Math.min(policy.requestTimeoutMs, remainingMs) }];
  }
  if (event.type === "failure" && !event.retryable) return [state, { type: "fail" }];
  // An unknown status neither ends the poll nor speeds it up.
  if (event.type === "job" && event.state !== undefined && isTerminal(event.state)) {
    return [state, { type: "return" }];
  }

  if (event.type === "job" && event.hasWaited && longPollDelayMs < remainingMs) {
    return [state, { type: "wait", delayMs: longPollDelayMs }];
  }
  const { retryAfterMs } = event;
  const expectedInMs = event.type === "job" ? event.expectedInMs : undefined;
  const askedMs = retryAfterMs ?? (expectedInMs && Math.min(expectedInMs, policy.backoff.maximumMs));
  const delayMs = retryDelayMs(policy.backoff, state.attempt, random, askedMs);
  const next = { ...state, attempt: state.attempt + 1 };
  // The longest wait before the last request. It leaves the time of the first delay for the answer.
  const lastMs = remainingMs - policy.backoff.initialMs;
  if (delayMs <= lastMs || (retryAfterMs !== undefined && delayMs < remainingMs)) {
    return [next, { type: "wait", delayMs }];
  }
  // If the server asks for more time than is left, it will not answer earlier either.
  if (retryAfterMs !== undefined || state.isLast || lastMs <= 0) return [next, { type: "timeout" }];
  return [
    { ...next, isLast: true },
    { type: "wait", delayMs: lastMs },
  ];
}
