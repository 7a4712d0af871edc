// What clients were promised, and what may therefore be found in the end.

/** Something that one client handed over, all of it under a user of its own. */
export interface Entry {
  readonly kind: "conversation" | "batch";
  readonly userId: string;
  /** How many items it has, those without content included; 1 for a conversation. */
  readonly items: number;
  readonly key: string | undefined;
  /** The jobs that were acknowledged for it: its own, and that of its retry. */
  readonly jobIds: string[];
  /** Whether it, or its retry, was sent without an answer and without a key: it may have been taken, or not. */
  isUncertain: boolean;
  /** Whether it may have been cancelled. */
  isCancelled: boolean;
  /** The ends that clients were told of. */
  readonly ends: Map<string, string>;
}

/** The books of one organisation. */
export interface Books {
  readonly entries: Entry[];
  /** What was wrong already while it went on. */
  readonly faults: Fault[];
}

/** A broken promise, a doubled item, or a job that failed although only its servers were killed. */
export interface Fault {
  readonly kind: "lost" | "doubled" | "unfinished" | "failed-by-chaos";
  readonly what: string;
}
