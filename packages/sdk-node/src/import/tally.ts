import type { MemlaneError } from "@memlane/core";

/** What an import has done so far. */
export interface ImportCounts {
  /** Lines read, those without text aside. */
  readonly lines: number;
  /** Jobs that the server has accepted. */
  readonly jobs: number;
  /** Memories that conversations led to. */
  readonly created: number;
  /** Memories that conversations changed. */
  readonly updated: number;
  /** Memories that were stored as they are. */
  readonly imported: number;
  /** Memories and conversations that did not land, and lines that could not be read. */
  readonly failed: number;
  /** Lines that were read but not sent, because the import ended early. */
  readonly unsent: number;
}

/** How far an import has come. */
export interface ImportProgress extends ImportCounts {
  /** Lines whose fate is known; a line that is halfway counts half. */
  readonly settledLines: number;
  /** The bytes of those lines. */
  readonly settledBytes: number;
}

/** Why something did not land. */
export interface LineError {
  /** Its line, counted from 1. */
  readonly line: number;
  /** Why, for a person. */
  readonly error: string;
  /** Why, for a program: a code of ours or of the server; null where it does not say. */
  readonly code: string | null;
  /** Whether the same line may land when it is imported again; null where nobody knows. */
  readonly retryable: boolean | null;
  /** The job that says so; null when it never came to one. */
  readonly job: string | null;
}

/** What became of one line. */
export type LineOutcome =
  /** Its memories are stored. */
  | { readonly outcome: "landed"; readonly line: number; readonly job: string }
  /** It did not land. */
  | ({ readonly outcome: "failed" } & LineError)
  /** It may have landed: the server did not say of which lines it spoke, or the end of the job cannot be learned. */
  | ({ readonly outcome: "unknown" } & LineError);

/** What a failure is about beyond its own line. */
export interface FailureScope {
  /** How many memories or conversations did not land. @default 1 */
  readonly count?: number;
  /** The lines that they are among. @default the line of the error */
  readonly lines?: readonly number[];
  /** @default "failed" */
  readonly outcome?: "failed" | "unknown";
}

/** Longer lists of errors are cut off here, so that a file of broken lines cannot fill the memory. */
export const maximumErrors = 10_000;

/** The running account of an import, or of a part of it. */
export interface Tally {
  readonly progress: () => ImportProgress;
  readonly errors: readonly LineError[];
  /** By line; of a line that came to several jobs the worst. */
  readonly outcomes: ReadonlyMap<number, LineOutcome>;
  /** Adds to the named numbers. */
  readonly add: (changes: Partial<ImportProgress>) => void;
  /** Notes that these lines landed. */
  readonly land: (lines: Iterable<number>, job: string) => void;
  /** Notes a failure, which may be that of `count` memories from among several lines. */
  readonly fail: (error: LineError, about?: FailureScope) => void;
}

/** An account from nothing that tells every change. */
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

/** The progress of an import that has just begun. */
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

/** Adds the named numbers to those that are there. */
export function addCounts(
  progress: { -readonly [Name in keyof ImportProgress]: number },
  changes: Partial<ImportProgress>,
): void {
  for (const name of Object.keys(progress) as (keyof ImportProgress)[]) progress[name] += changes[name] ?? 0;
}

/** The failure of a line whose request the server refused, or did not answer. */
export function refusalOf(
  { message, code, retryable }: MemlaneError,
  line: number,
  job: string | null,
): LineError {
  return { line, error: message, code, retryable, job };
}
