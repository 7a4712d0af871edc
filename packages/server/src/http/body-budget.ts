import { MemlaneError } from "@memlane/core";

/** The bytes of bodies that a process holds at a time, overall and of each key. */
export interface BodyBudget {
  /** Whether so many bytes more would fit. @throws MemlaneError `rate_limit_exceeded` or `unavailable` if not */
  readonly check: (keyId: string, bytes: number) => void;
  /** Counts bytes that arrived. @throws MemlaneError as `check` does, and counts nothing */
  readonly take: (keyId: string, bytes: number) => void;
  /** Gives bytes back that were taken. */
  readonly giveBack: (keyId: string, bytes: number) => void;
}

const retryAfterMs = 1000;

/** Makes a budget. */
export function createBodyBudget(limits: {
  readonly totalBytes: number;
  readonly keyBytes: number;
}): BodyBudget {
  let totalBytes = 0;
  const bytesByKey = new Map<string, number>();
  const bytesOf = (keyId: string) => bytesByKey.get(keyId) ?? 0;
  const check = (keyId: string, bytes: number) => {
    if (bytesOf(keyId) + bytes > limits.keyBytes) {
      const message = `this key has ${limits.keyBytes} bytes of request bodies in progress, the most that it may`;
      throw new MemlaneError({ code: "rate_limit_exceeded", message, retryAfterMs });
    }
    if (totalBytes + bytes > limits.totalBytes) {
      const message = "the server has as many bytes of request bodies in progress as it takes";
      throw new MemlaneError({ code: "unavailable", message, retryAfterMs });
    }
  };
  return {
    check,
    take(keyId, bytes) {
      check(keyId, bytes);
      totalBytes += bytes;
      bytesByKey.set(keyId, bytesOf(keyId) + bytes);
    },
    giveBack(keyId, bytes) {
      totalBytes -= bytes;
      const left = bytesOf(keyId) - bytes;
      if (left > 0) bytesByKey.set(keyId, left);
      else bytesByKey.delete(keyId);
    },
  };
}
