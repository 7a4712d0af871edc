import { MemlaneError } from "@memlane/core";
import { createOrgLines } from "../base/org-lines.ts";
import { createBodyTurns } from "./body-turns.ts";

/** Limits the memory that request bodies in progress take, and the time that reading them takes from other requests. */
export interface BodyBudget {
  /** Starts to count the body of one request of this organisation. */
  readonly open: (orgId: string) => BodyShare;
}

/** What the body of one request takes. */
export interface BodyShare {
  /**
   * Waits until a large body may arrive, and counts it until the returned function is called.
   * @throws MemlaneError `rate_limit_exceeded` if too many of the organisation wait, `unavailable` if it has to wait too long
   */
  readonly arrive: () => Promise<() => void>;
  /** Resolves when the next piece of a large body may be read; undefined means at once. */
  readonly nextTurn: () => Promise<void> | undefined;
  /** Checks that this many more bytes fit. @throws MemlaneError `rate_limit_exceeded` or `unavailable` */
  readonly check: (bytes: number) => void;
  /** Counts bytes. If they do not fit, throws the same errors and counts nothing. */
  readonly take: (bytes: number) => void;
  /** Removes all bytes of this request from the count. */
  readonly close: () => void;
}

const retryAfterMs = 1000;
const longestWaitMs = 10_000;

/** How many bytes, and how many large bodies, may be in progress. */
export interface BodyBudgetLimits {
  /** How many large bodies may arrive at the same time. Others wait, unread. */
  readonly totalBodies: number;
  /** How many large bodies of one organisation may arrive at the same time. Ten times as many may wait. */
  readonly orgBodies: number;
  readonly totalBytes: number;
  /** How many bytes of one organisation. */
  readonly orgBytes: number;
  /**
   * A part of the total for small bodies, so that large bodies cannot exclude them. Only an
   * organisation with at most a sixteenth of this part in progress may use it.
   */
  readonly reservedBytes: number;
}

/** Creates a budget for the bodies of one process. */
export function createBodyBudget(limits: BodyBudgetLimits): BodyBudget {
  let totalBytes = 0;
  const bytesByOrg = new Map<string, number>();
  const enter = createOrgLines({
    ofAll: limits.totalBodies,
    ofOrg: limits.orgBodies,
    mostWaiting: 10 * limits.orgBodies,
    waitMs: longestWaitMs,
    refuse: tooManyBodies,
  });
  const turns = createBodyTurns();
  return {
    open(orgId) {
      let requestBytes = 0;
      const check = (bytes: number) => {
        const ownBytes = (bytesByOrg.get(orgId) ?? 0) + bytes;
        if (ownBytes > limits.orgBytes) {
          const message = `this organisation may have at most ${limits.orgBytes} bytes of request bodies in progress`;
          throw new MemlaneError({ code: "rate_limit_exceeded", message, retryAfterMs });
        }
        const reservedBytes = ownBytes > limits.reservedBytes / 16 ? limits.reservedBytes : 0;
        if (totalBytes + bytes > limits.totalBytes - reservedBytes) {
          const message = "the server has too many bytes of request bodies in progress";
          throw new MemlaneError({ code: "unavailable", message, retryAfterMs });
        }
      };
      const add = (bytes: number) => {
        requestBytes += bytes;
        totalBytes += bytes;
        const ownBytes = (bytesByOrg.get(orgId) ?? 0) + bytes;
        if (ownBytes > 0) bytesByOrg.set(orgId, ownBytes);
        else bytesByOrg.delete(orgId);
      };
      return {
        arrive: () => enter(orgId),
        nextTurn: () => turns.take(orgId),
        check,
        take(bytes) {
          check(bytes);
          add(bytes);
        },
        close: () => add(-requestBytes),
      };
    },
  };
}

function tooManyBodies(why: string): MemlaneError {
  if (why === "line is full") {
    const message = "too many large bodies of this organisation wait at the same time";
    return new MemlaneError({ code: "rate_limit_exceeded", message, retryAfterMs });
  }
  const message = "too many large bodies are sent to the server at the same time";
  return new MemlaneError({ code: "unavailable", message, retryAfterMs });
}
