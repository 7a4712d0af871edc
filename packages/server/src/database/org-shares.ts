import { MemlaneError } from "@memlane/core";
import { createOrgLines } from "../base/org-lines.ts";
import type { Database } from "./database.ts";

/** The number of connections of a process. */
export const poolSize = 10;

/** How requests share the connections of a process. */
export interface ShareOptions {
  /**
   * The most statements and transactions of requests at a time. The other connections are for jobs,
   * leases and keys. @default 6
   */
  readonly ofAll?: number;
  /** The most statements and transactions of one organisation at a time. @default 3 */
  readonly ofOrg?: number;
  /** How many requests of one organisation may wait. @default 500 */
  readonly mostWaiting?: number;
  /** How long a request may wait, in milliseconds. @default 5000 */
  readonly waitMs?: number;
}

/** The database as a request uses it. */
export type RequestDatabase = Pick<Database, "query" | "transaction">;

/** The database for a request of this organisation. If the signal aborts, statements outside of a transaction are cancelled. */
export type DatabaseOf = (orgId: string, signal?: AbortSignal) => RequestDatabase;

/**
 * Shares the connections of a database between organisations, so that no organisation can use all of them. A request is
 * rejected with a MemlaneError `unavailable` if its line is too long, if it waits too long, or if its signal aborts.
 */
export function createOrgShares(
  database: Database,
  { ofAll = 6, ofOrg = 3, mostWaiting = 500, waitMs = 5000 }: ShareOptions = {},
): DatabaseOf {
  const refuse = (why: string) => (why === "aborted" ? gone() : tooBusy());
  const enter = createOrgLines({ ofAll, ofOrg, mostWaiting, waitMs, refuse });
  return (orgId, signal) => {
    const inPlace = async <Result>(work: () => Promise<Result>): Promise<Result> => {
      const leave = await enter(orgId, signal);
      try {
        return await work();
      } catch (error) {
        throw signal?.aborted ? gone() : error;
      } finally {
        leave();
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
  const message = "the requests of this organisation wait too long for the database: try again in a moment";
  return new MemlaneError({ code: "unavailable", message, retryAfterMs: 1000 });
}
