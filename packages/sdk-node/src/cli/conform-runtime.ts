import { createHash, createHmac } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { ConformanceRuntime } from "@memlane/core/conformance";

/** How long a request may take, in milliseconds: longer than the 30 s of `wait=true`. */
const requestTimeoutMs = 45_000;

/** The conformance kit's runtime in Node.js. Its requests and sleeps reject when the signal aborts. */
export function createConformanceRuntime(signal: AbortSignal): ConformanceRuntime {
  return {
    fetch: (url, request) =>
      fetch(url, { ...request, signal: AbortSignal.any([signal, AbortSignal.timeout(requestTimeoutMs)]) }),
    sleep: (delayMs) => delay(delayMs, undefined, { signal }),
    now: () => performance.now(),
    sha256Hex: (text) => createHash("sha256").update(text).digest("hex"),
    hmacSha256Hex: (key, text) => createHmac("sha256", key).update(text).digest("hex"),
  };
}
