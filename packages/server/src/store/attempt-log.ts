// The log of a job's attempts. The statement that ends an attempt also adds it to the log.
import type { attemptOutcomes } from "@memlane/core/internal";

/** A stage of an attempt, in whole milliseconds. */
export interface AttemptStage {
  readonly name: string;
  /** Since the attempt began. */
  readonly at: number;
  readonly ms: number;
}

/** How an attempt ended. */
export type AttemptOutcome = (typeof attemptOutcomes)[number];

/** What an SQL statement has about the attempt that it ends, each as SQL of type `jsonb` or `timestamptz`. */
interface AttemptParts {
  /** With `code` and `message`. @default null */
  readonly error?: string;
  readonly nextTryAt?: string;
  /** An array of `AttemptStage`. @default none */
  readonly stages?: string;
}

/** SQL: the log with the current attempt, which ends now. The log itself if no attempt has begun. */
export function withAttempt(
  outcome: AttemptOutcome,
  { error = "null::jsonb", nextTryAt = "null::timestamptz", stages = "null::jsonb" }: AttemptParts = {},
): string {
  return `case
      when attempt_started_at is null then attempt_log
      else memlane.add_attempt(attempt_log, jsonb_build_object(
        'outcome', '${outcome}', 'started_at', attempt_started_at, 'ended_at', clock_timestamp(),
        'error', ${error}, 'next_try_at', ${nextTryAt}, 'stages', coalesce(${stages}, '[]')
      ))
    end`;
}

/** SQL that ends the current attempt in an update of its job. */
export function endAttempt(outcome: AttemptOutcome, parts?: AttemptParts): string {
  return `attempt_log = ${withAttempt(outcome, parts)}, attempt_started_at = null`;
}
