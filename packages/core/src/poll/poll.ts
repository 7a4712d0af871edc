import { isTerminal, type JobState } from "../job/job-machine.ts";
import { retryDelayMs, type BackoffPolicy } from "./backoff.ts";

/** How a job is waited for. */
export interface PollPolicy {
  readonly backoff: BackoffPolicy;
  /** How long to wait in all, in milliseconds; the last request is inside it. */
  readonly timeoutMs: number;
  /** What `timeoutMs` counts from: each answer of the server, where a job may take any time. @default "start" */
  readonly timeoutFrom?: "start" | "lastAnswer";
  /** How long one request may take, in milliseconds. */
  readonly requestTimeoutMs: number;
}

/** Quick jobs are seen quickly, long ones cost a request every five seconds. */
export const defaultPollPolicy: PollPolicy = {
  backoff: { initialMs: 250, factor: 1.5, maximumMs: 5000, jitter: 0.2 },
  timeoutMs: 300_000,
  requestTimeoutMs: 30_000,
};

/** The pause between two held answers, in milliseconds: a job that changes all the time is read 40 times a second. */
export const heldDelayMs = 25;

/** How far a poll has come. */
export interface PollState {
  readonly deadlineMs: number;
  /** Waits taken so far. */
  readonly attempt: number;
  /** Whether the poll has waited for its last request. */
  readonly isLast: boolean;
}

/** What a poll has just heard. */
export type PollEvent =
  /** The wait is over, or nothing has been sent yet. */
  | { readonly type: "due" }
  /** The job was read; its state is undefined when its status is a word that we do not know. */
  | {
      readonly type: "job";
      readonly state: JobState | undefined;
      readonly retryAfterMs?: number | undefined;
      /** What the client has learned: when a look is worth it, where the server does not say. */
      readonly expectedInMs?: number | undefined;
      /** The server holds its answer until the job changes: it can be asked again at once. */
      readonly isHeld?: boolean;
    }
  /** The request failed. */
  | { readonly type: "failure"; readonly retryable: boolean; readonly retryAfterMs?: number | undefined };

/** What a poll does next. */
export type PollAction =
  | { readonly type: "send"; readonly timeoutMs: number }
  | { readonly type: "wait"; readonly delayMs: number }
  /** The job has ended. */
  | { readonly type: "return" }
  /** The time is over. */
  | { readonly type: "timeout" }
  /** The request failed for good. */
  | { readonly type: "fail" };

/** A poll that starts now; hand it `due` first. */
export function startPoll(policy: PollPolicy, nowMs: number): PollState {
  return { deadlineMs: nowMs + policy.timeoutMs, attempt: 0, isLast: false };
}

/**
 * One step of a poll: from what was heard to what to do. Between two steps `nowMs` moves on by what the shell
 * did. No request and no wait reaches beyond the deadline.
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
  // An unknown status is no reason to stop, nor one to spin: it waits like any other.
  if (event.type === "job" && event.state !== undefined && isTerminal(event.state)) {
    return [state, { type: "return" }];
  }

  if (event.type === "job" && event.isHeld === true && heldDelayMs < remainingMs) {
    return [state, { type: "wait", delayMs: heldDelayMs }];
  }
  const { retryAfterMs } = event;
  const expectedInMs = event.type === "job" ? event.expectedInMs : undefined;
  const askedMs = retryAfterMs ?? (expectedInMs && Math.min(expectedInMs, policy.backoff.maximumMs));
  const delayMs = retryDelayMs(policy.backoff, state.attempt, random, askedMs);
  const next = { ...state, attempt: state.attempt + 1 };
  // Where a last request still has the first delay's time for its answer.
  const lastMs = remainingMs - policy.backoff.initialMs;
  if (delayMs <= lastMs || (retryAfterMs !== undefined && delayMs < remainingMs)) {
    return [next, { type: "wait", delayMs }];
  }
  // A server that asks for more time than is left will not answer otherwise before it.
  if (retryAfterMs !== undefined || state.isLast || lastMs <= 0) return [next, { type: "timeout" }];
  return [
    { ...next, isLast: true },
    { type: "wait", delayMs: lastMs },
  ];
}
