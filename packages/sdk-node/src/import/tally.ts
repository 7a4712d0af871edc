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
  readonly error: string;
  /** The job that says so; null when it never came to one. */
  readonly job: string | null;
}

/** Longer lists of errors are cut off here, so that a file of broken lines cannot fill the memory. */
export const maximumErrors = 10_000;

/** The running account of an import. */
export interface Tally {
  readonly progress: () => ImportProgress;
  readonly errors: readonly LineError[];
  /** Adds to the named numbers. */
  readonly add: (changes: Partial<ImportProgress>) => void;
  /** Notes a failure, which may stand for several memories. */
  readonly fail: (error: LineError, count?: number) => void;
}

/** An account that tells every change. */
export function createTally(onProgress: (progress: ImportProgress) => void): Tally {
  const progress = {
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
  const errors: LineError[] = [];
  const add: Tally["add"] = (changes) => {
    for (const name of Object.keys(progress) as (keyof ImportProgress)[])
      progress[name] += changes[name] ?? 0;
    onProgress({ ...progress });
  };
  return {
    progress: () => ({ ...progress }),
    errors,
    add,
    fail(error, count = 1) {
      if (errors.length < maximumErrors) errors.push(error);
      add({ failed: count });
    },
  };
}
