import { MemlaneError } from "@memlane/core";
import type { Database } from "./database.ts";

/** The number of connections of a process. */
export const poolSize = 10;

/** How requests share the connections of a process. */
export interface ShareOptions {
  /**
   * How many statements and transactions of requests run at a time. The other connections are for
   * jobs, leases and keys. @default 6
   */
  readonly ofAll?: number;
  /** How many of these statements and transactions may belong to one organisation. @default 3 */
  readonly ofOrg?: number;
  /** How many requests of one organisation may wait. @default 500 */
  readonly mostWaiting?: number;
  /** How long a request may wait, in milliseconds. @default 5000 */
  readonly waitMs?: number;
}

/** The database as a request uses it. */
export type RequestDatabase = Pick<Database, "query" | "transaction">;

/** The database for a request of this organisation. If the signal aborts, its statements are cancelled. */
export type DatabaseOf = (orgId: string, signal?: AbortSignal) => RequestDatabase;

/** The requests of one organisation. */
interface Line {
  running: number;
  /** Each starts one waiting request. */
  readonly waiting: Set<() => void>;
}

/**
 * Shares the connections of a database between organisations, so that no organisation can use all of them. Each has a
 * line of waiting requests, and the lines are served in turn. A request is rejected with a MemlaneError `unavailable` if its
 * line is too long, if it waits too long, or if its signal aborts.
 */
export function createOrgShares(
  database: Database,
  { ofAll = 6, ofOrg = 3, mostWaiting = 500, waitMs = 5000 }: ShareOptions = {},
): DatabaseOf {
  const lines = new Map<string, Line>(); // in the order in which they are served
  let running = 0;

  /** Starts waiting requests while connections are free. */
  function serve(): void {
    for (const [orgId, line] of lines) {
      if (running >= ofAll) return;
      const [begin] = line.waiting;
      if (begin === undefined || line.running >= ofOrg) continue;
      line.waiting.delete(begin);
      lines.delete(orgId);
      lines.set(orgId, line); // moved to the end, so this loop sees it again
      line.running += 1;
      running += 1;
      begin();
    }
  }

  function forgetIfIdle(orgId: string, line: Line): void {
    if (line.running === 0 && line.waiting.size === 0) lines.delete(orgId);
  }

  /** Waits for the organisation's turn. */
  function take(orgId: string, signal: AbortSignal | undefined): Promise<Line> {
    const line = lines.get(orgId) ?? { running: 0, waiting: new Set() };
    if (signal?.aborted) return Promise.reject(gone());
    if (line.waiting.size >= mostWaiting) return Promise.reject(tooBusy());
    lines.set(orgId, line);
    return new Promise((resolve, reject) => {
      const begin = () => {
        settle();
        resolve(line);
      };
      const giveUp = () => {
        settle();
        line.waiting.delete(begin);
        forgetIfIdle(orgId, line);
        reject(signal?.aborted ? gone() : tooBusy());
      };
      const timer = setTimeout(giveUp, waitMs);
      const settle = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", giveUp);
      };
      signal?.addEventListener("abort", giveUp);
      line.waiting.add(begin);
      serve();
    });
  }

  return (orgId, signal) => {
    const inPlace = async <Result>(work: () => Promise<Result>): Promise<Result> => {
      const line = await take(orgId, signal);
      try {
        return await work();
      } catch (error) {
        throw signal?.aborted ? gone() : error;
      } finally {
        line.running -= 1;
        running -= 1;
        forgetIfIdle(orgId, line);
        serve();
      }
    };
    return {
      query: (statement, parameters, options) =>
        inPlace(() => database.query(statement, parameters, { signal: anyOf(signal, options?.signal) })),
      transaction: (work, options) => inPlace(() => database.transaction(work, options)),
    };
  };
}

function anyOf(one: AbortSignal | undefined, other: AbortSignal | undefined): AbortSignal | undefined {
  return one && other ? AbortSignal.any([one, other]) : (one ?? other);
}

/**
 * The error after the client has hung up. No client receives it, and it is not logged as a failure
 * of the server.
 */
function gone(): MemlaneError {
  return new MemlaneError({ code: "unavailable", message: "the client closed the connection" });
}

function tooBusy(): MemlaneError {
  const message = "this organisation has too many requests in progress: try again in a moment";
  return new MemlaneError({ code: "unavailable", message, retryAfterMs: 1000 });
}
