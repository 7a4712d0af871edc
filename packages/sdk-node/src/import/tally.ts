import type { MemlaneError } from "@memlane/core";

/** The counts of an import so far. */
export interface ImportCounts {
  /** Lines read, without empty ones. */
  readonly lines: number;
  /** Jobs that the server has accepted. */
  readonly jobs: number;
  /** Memories created from conversations. */
  readonly created: number;
  /** Memories updated by conversations. */
  readonly updated: number;
  /** Memories that were stored as they are. */
  readonly imported: number;
  /** Memories and conversations that were not stored, and lines that could not be read. */
  readonly failed: number;
  /** Lines that were read but not sent, because the import ended early. */
  readonly unsent: number;
}

/** The progress of an import. */
export interface ImportProgress extends ImportCounts {
  /** Finished lines; a line that is half done counts half. */
  readonly settledLines: number;
  /** The bytes of the finished lines. */
  readonly settledBytes: number;
}

/** Why something was not stored. */
export interface LineError {
  /** Its line, counted from 1. */
  readonly line: number;
  /** Why, for a person. */
  readonly error: string;
  /** Why, for a program: our code or the server's; null if it has none. */
  readonly code: string | null;
  /** Whether the same line can be stored when it is imported again; null if unknown. */
  readonly retryable: boolean | null;
  /** The job that reports it; null if there was none. */
  readonly job: string | null;
}

/** The outcome of one line. */
export type LineOutcome =
  /** Its memories are stored. */
  | { readonly outcome: "landed"; readonly line: number; readonly job: string }
  /** It was not stored. */
  | ({ readonly outcome: "failed" } & LineError)
  /** Unknown: the server did not name the failed lines, or the job's outcome is unknown. */
  | ({ readonly outcome: "unknown" } & LineError);

/** The extent of a failure, if it is more than one line. */
export interface FailureScope {
  /** How many memories or conversations were not stored. @default 1 */
  readonly count?: number;
  /** The lines that may be concerned. @default the line of the error */
  readonly lines?: readonly number[];
  /** @default "failed" */
  readonly outcome?: "failed" | "unknown";
}

/** Longer lists of errors are cut off, so that a file of broken lines cannot fill the memory. */
export const maximumErrors = 10_000;

/** The tally of an import, or of a part of it. */
export interface Tally {
  readonly progress: () => ImportProgress;
  readonly errors: readonly LineError[];
  /** The outcome of each line. If a line has several jobs, the worst outcome. */
  readonly outcomes: ReadonlyMap<number, LineOutcome>;
  /** Adds these numbers to the progress. */
  readonly add: (changes: Partial<ImportProgress>) => void;
  /** Records that these lines were stored. */
  readonly land: (lines: Iterable<number>, job: string) => void;
  /** Records a failure. It may concern several memories and lines. */
  readonly fail: (error: LineError, about?: FailureScope) => void;
}

/** A new tally that reports every change. */
export function createTally(onChange: (changes: Partial<ImportProgress>) => void): Tally {
  const progress = { ...nothingDone };
  const errors: LineError[] = [];
  const outcomes = new Map<number, LineOutcome>();
  const add: Tally["add"] = (changes) => {
    addCounts(progress, changes);
    onChange(changes);
  };
  return {
    progress: () => ({ ...progress }),
    errors,
    outcomes,
    add,
    land(lines, job) {
      for (const line of lines) if (!outcomes.has(line)) outcomes.set(line, { outcome: "landed", line, job });
    },
    fail(error, { count = 1, lines = [error.line], outcome = "failed" } = {}) {
      if (errors.length < maximumErrors) errors.push(error);
      for (const line of lines) {
        if (outcomes.get(line)?.outcome !== "failed") outcomes.set(line, { outcome, ...error, line });
      }
      add({ failed: count });
    },
  };
}

/** The progress of a new import. */
export const nothingDone: ImportProgress = {
  lines: 0,
  jobs: 0,
  created: 0,
  updated: 0,
  imported: 0,
  failed: 0,
  unsent: 0,
  settledLines: 0,
  settledBytes: 0,
};

/** Adds these numbers to the progress. */
export function addCounts(
  progress: { -readonly [Name in keyof ImportProgress]: number },
  changes: Partial<ImportProgress>,
): void {
  for (const name of Object.keys(progress) as (keyof ImportProgress)[]) progress[name] += changes[name] ?? 0;
}

/** The failure of a line whose request was refused or not answered. */
export function refusalOf(
  { message, code, retryable }: MemlaneError,
  line: number,
  job: string | null,
): LineError {
  return { line, error: message, code, retryable, job };
}
