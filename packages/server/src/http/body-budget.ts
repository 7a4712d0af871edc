import { MemlaneError } from "@memlane/core";

/** Limits the memory that request bodies in progress take. */
export interface BodyBudget {
  /** Starts to count the body of one request of this organisation. */
  readonly open: (orgId: string) => BodyShare;
}

/** The counted bytes of one request. */
export interface BodyShare {
  /** Checks that this many more bytes fit. @throws MemlaneError `rate_limit_exceeded` or `unavailable` */
  readonly check: (bytes: number) => void;
  /** Counts bytes. If they do not fit, throws the same errors and counts nothing. */
  readonly take: (bytes: number) => void;
  /** Removes all bytes of this request from the count. */
  readonly close: () => void;
}

const retryAfterMs = 1000;

/** How many bytes may be in progress. */
export interface BodyBudgetLimits {
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
