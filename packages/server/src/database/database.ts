/**
 * A statement that is sent often: each connection parses it once, and then knows it by its name. Its plan is kept as well if
 * one for any parameters looks no dearer than those for the first five. A limit, or the length of an array, makes a
 * difference there that is none: written as `(select $1)` it is not known when the plan is made.
 */
export interface Prepared {
  readonly name: string;
  readonly text: string;
}

/** How one statement runs. */
export interface StatementOptions {
  /** Cancels the statement when it aborts. A database that cannot do that ignores it. */
  readonly signal?: AbortSignal | undefined;
}

/** Runs SQL: one statement, with `$1` parameters, to its rows. */
export interface Sql {
  /** The caller states what a row holds: this is the one place where it is not checked. */
  readonly query: <Row>(
    statement: string | Prepared,
    parameters?: readonly unknown[],
    options?: StatementOptions,
  ) => Promise<Row[]>;
}

/** How the statements of a transaction run. */
interface TransactionOptions {
  /** The time-out of each statement and of each wait for a lock, in milliseconds. @default that of the database */
  readonly statementMs?: number;
}

/** All that Memlane asks of PostgreSQL, however it is reached. */
export interface Database extends Sql {
  /** Runs `work` in one transaction: committed when it resolves, undone when it rejects. */
  readonly transaction: <Result>(
    work: (sql: Sql) => Promise<Result>,
    options?: TransactionOptions,
  ) => Promise<Result>;
  /**
   * Hears every notification on a channel, until the function that it answers is called. After a lost
   * connection it listens again and says `undefined` once, since something may have been missed.
   */
  readonly listen: (channel: string, hear: (payload: string | undefined) => void) => Promise<() => void>;
  readonly close: () => Promise<void>;
}
