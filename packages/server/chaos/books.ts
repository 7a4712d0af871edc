// What clients were promised, and what the database may contain at the end.

/** A request of one client, with its own user. */
export interface Entry {
  readonly kind: "conversation" | "batch";
  readonly userId: string;
  /** The number of items, including those without content; 1 for a conversation. */
  readonly items: number;
  readonly key: string | undefined;
  /** The acknowledged jobs: the job of the request, and the job of its retry. */
  readonly jobIds: string[];
  /** Whether the request or its retry had no key and got no answer, so that the server has possibly accepted it. */
  isUncertain: boolean;
  /** Whether the job was possibly cancelled. */
  isCancelled: boolean;
  /** The ends that clients saw. */
  readonly ends: Map<string, string>;
}

/** The records of one organisation. */
export interface Books {
  readonly entries: Entry[];
  /** Faults that were found during the run. */
  readonly faults: Fault[];
}

/** A broken promise, a doubled item, or a job that failed only because servers were killed. */
export interface Fault {
  readonly kind: "lost" | "doubled" | "unfinished" | "failed-by-chaos";
  readonly what: string;
}
