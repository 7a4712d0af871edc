import { MemlaneError } from "@memlane/core";

/** Bounds the bytes of request bodies in progress. */
export interface BodyBudget {
  /** Opens the share of one request of this key. */
  readonly open: (keyId: string) => BodyShare;
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

/** Makes a budget with a limit for the process and one for each key. */
export function createBodyBudget(limits: {
  readonly totalBytes: number;
  readonly keyBytes: number;
}): BodyBudget {
  let totalBytes = 0;
  const bytesByKey = new Map<string, number>();
  return {
    open(keyId) {
      let heldBytes = 0;
      const check = (bytes: number) => {
        if ((bytesByKey.get(keyId) ?? 0) + bytes > limits.keyBytes) {
          const message = `this key may have at most ${limits.keyBytes} bytes of request bodies in progress`;
          throw new MemlaneError({ code: "rate_limit_exceeded", message, retryAfterMs });
        }
        if (totalBytes + bytes > limits.totalBytes) {
          const message = "the server has too many bytes of request bodies in progress";
          throw new MemlaneError({ code: "unavailable", message, retryAfterMs });
        }
      };
      const add = (bytes: number) => {
        heldBytes += bytes;
        totalBytes += bytes;
        const keyBytes = (bytesByKey.get(keyId) ?? 0) + bytes;
        if (keyBytes > 0) bytesByKey.set(keyId, keyBytes);
        else bytesByKey.delete(keyId);
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
