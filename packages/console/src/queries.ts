import { MemlaneError } from "@memlane/core";
import { QueryClient } from "@tanstack/react-query";

/** How often a visible screen reads again, in milliseconds: `live` if something on it is running or waiting, else `calm`. */
export const refreshMs = { live: 2_000, calm: 10_000 } as const;

const retryMs = 3_000;

/**
 * Creates the cache for the server's answers. Each organisation has its own. While its error is retryable, a read is repeated
 * without limit, so that a screen recovers when the server comes back. Meanwhile, `failureReason` is its last error.
 */
export function createQueryClient(): QueryClient {
  const retry = (_failures: number, error: unknown) => errorOf(error).retryable;
  return new QueryClient({
    defaultOptions: {
      // The server may be on this machine, which needs no network.
      queries: { retry, retryDelay: retryMs, networkMode: "always" },
      mutations: { networkMode: "always" },
    },
  });
}

/** What went wrong, as a MemlaneError. */
export function errorOf(error: unknown): MemlaneError {
  if (MemlaneError.is(error)) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new MemlaneError({ code: "unreadable_response", message, cause: error });
}
