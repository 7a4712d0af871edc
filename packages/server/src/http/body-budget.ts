import { MemlaneError } from "@memlane/core";
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
  /** For each organisation. Ten times as many may wait. */
  readonly orgBodies: number;
  readonly totalBytes: number;
  /** For each organisation. */
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
  let arriving = 0;
  const arrivingByOrg = new Map<string, number>();
  const waiting: { readonly orgId: string; readonly begin: () => void }[] = [];
  const mayArrive = (orgId: string) =>
    arriving < limits.totalBodies && (arrivingByOrg.get(orgId) ?? 0) < limits.orgBodies;
  const begin = (orgId: string) => {
    arriving += 1;
    addTo(arrivingByOrg, orgId, 1);
    return () => {
      arriving -= 1;
      addTo(arrivingByOrg, orgId, -1);
      const next = waiting.findIndex((each) => mayArrive(each.orgId));
      if (next >= 0) waiting.splice(next, 1)[0]!.begin();
    };
  };
  const wait = (orgId: string) =>
    new Promise<() => void>((resolve, reject) => {
      const entry = {
        orgId,
        begin() {
          clearTimeout(timer);
          resolve(begin(orgId));
        },
      };
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(entry), 1);
        const message = "too many large bodies are sent to the server at the same time";
        reject(new MemlaneError({ code: "unavailable", message, retryAfterMs }));
      }, longestWaitMs);
      waiting.push(entry);
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
        addTo(bytesByOrg, orgId, bytes);
      };
      return {
        async arrive() {
          if (mayArrive(orgId)) return begin(orgId);
          if (waiting.filter((each) => each.orgId === orgId).length >= 10 * limits.orgBodies) {
            const message = "too many large bodies of this organisation wait at the same time";
            throw new MemlaneError({ code: "rate_limit_exceeded", message, retryAfterMs });
          }
          return wait(orgId);
        },
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

/** Changes a count. Only counts above zero have an entry. */
function addTo(counts: Map<string, number>, key: string, change: number): void {
  const count = (counts.get(key) ?? 0) + change;
  if (count > 0) counts.set(key, count);
  else counts.delete(key);
}
