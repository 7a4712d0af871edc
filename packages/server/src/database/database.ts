/**
 * A named statement, which each connection parses only once. PostgreSQL may also keep its plan, if
 * a generic plan looks no more expensive than the plans for the first five sets of parameters.
 * Write a limit or an array as `(select $1)` if its size must not influence that choice.
 */
export interface Prepared {
  readonly name: string;
  readonly text: string;
}

/** How one statement runs. */
export interface StatementOptions {
  /** Cancels the statement when it aborts. A database that cannot cancel statements ignores it. */
  readonly signal?: AbortSignal | undefined;
}

/** Runs one SQL statement with `$1` parameters, and resolves with its rows. */
export interface Sql {
  /** The caller states the type of a row: this is the only unchecked type. */
  readonly query: <Row>(
    statement: string | Prepared,
    parameters?: readonly unknown[],
    options?: StatementOptions,
  ) => Promise<Row[]>;
}

/** How the statements of a transaction run. */
interface TransactionOptions {
  /**
   * The time-out of each statement and of each wait for a lock, in milliseconds. @default the
   * database's setting
   */
  readonly statementMs?: number;
}

/** Everything that Memlane needs from PostgreSQL, whatever the driver. */
export interface Database extends Sql {
  /** Runs `work` in one transaction: commits when it resolves, rolls back when it rejects. */
  readonly transaction: <Result>(
    work: (sql: Sql) => Promise<Result>,
    options?: TransactionOptions,
  ) => Promise<Result>;
  /**
   * Calls `hear` with every notification on a channel. Returns a function that stops this. After a
   * lost connection it listens again and calls `hear` with `undefined` once, because notifications
   * may be missing.
   */
  readonly listen: (channel: string, hear: (payload: string | undefined) => void) => Promise<() => void>;
  readonly close: () => Promise<void>;
}
