import type { Logger } from "pino";
import type { Sql } from "../../../database/database.ts";

/** How to read one part of a context. */
interface PartReading {
  readonly sql: Sql;
  readonly log: Logger;
  /** How long it may take. */
  readonly timeoutMs: number;
  /** Ends the whole request. */
  readonly signal: AbortSignal;
}

/** Reads one part of a context. Undefined if that fails or takes too long; its statements are then cancelled. */
export async function readPart<Part>(
  { sql, log, timeoutMs, signal }: PartReading,
  read: (sql: Sql, signal: AbortSignal) => Promise<Part>,
): Promise<Part | undefined> {
  const stop = new AbortController();
  const ending = AbortSignal.any([signal, stop.signal]);
  const bounded: Sql = {
    query: (statement, parameters, options) =>
      sql.query(statement, parameters, {
        signal: options?.signal === undefined ? ending : AbortSignal.any([ending, options.signal]),
      }),
  };
  const timeout = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    timeout.reject(new Error(`it took more than ${timeoutMs} ms`));
    stop.abort();
  }, timeoutMs);
  try {
    return await Promise.race([read(bounded, ending), timeout.promise]);
  } catch (error) {
    signal.throwIfAborted();
    log.warn({ err: error }, "a part of a context is left out");
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
