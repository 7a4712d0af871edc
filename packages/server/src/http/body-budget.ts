import { MemlaneError } from "@memlane/core";

/** Bounds the bytes of request bodies in progress. */
export interface BodyBudget {
  /** Opens the share of one request of this organisation. */
  readonly open: (orgId: string) => BodyShare;
}

/** The bytes of one request. */
export interface BodyShare {
  /** Checks that this many more bytes fit. @throws MemlaneError `rate_limit_exceeded` or `unavailable` */
  readonly check: (bytes: number) => void;
  /** Counts bytes. @throws MemlaneError as `check` does, and then counts nothing */
  readonly take: (bytes: number) => void;
  /** Gives all of them back. */
  readonly close: () => void;
}

const retryAfterMs = 1000;

/** How many bytes there are. */
export interface BodyBudgetLimits {
  readonly totalBytes: number;
  /** Of each organisation. */
  readonly orgBytes: number;
  /** How much of the total is only for organisations with less than a sixteenth of it: large bodies leave that to small ones. */
  readonly reservedBytes: number;
}

/** Makes a budget. */
export function createBodyBudget(limits: BodyBudgetLimits): BodyBudget {
  let totalBytes = 0;
  const bytesByOrg = new Map<string, number>();
  return {
    open(orgId) {
      let heldBytes = 0;
      const check = (bytes: number) => {
        const ownBytes = (bytesByOrg.get(orgId) ?? 0) + bytes;
        if (ownBytes > limits.orgBytes) {
          const message = `this organisation may have at most ${limits.orgBytes} bytes of request bodies in progress`;
          throw new MemlaneError({ code: "rate_limit_exceeded", message, retryAfterMs });
        }
        const leftAloneBytes = ownBytes > limits.reservedBytes / 16 ? limits.reservedBytes : 0;
        if (totalBytes + bytes > limits.totalBytes - leftAloneBytes) {
          const message = "the server has too many bytes of request bodies in progress";
          throw new MemlaneError({ code: "unavailable", message, retryAfterMs });
        }
      };
      const add = (bytes: number) => {
        heldBytes += bytes;
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
        close: () => add(-heldBytes),
      };
    },
  };
}
