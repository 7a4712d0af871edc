import { MemlaneError } from "@memlane/core";
import { QueryClient } from "@tanstack/react-query";

/** The answers of the server for one organisation. The client has already repeated what a repetition can help. */
export function createQueries(): QueryClient {
  return new QueryClient({ defaultOptions: { queries: { retry: false, throwOnError: false } } });
}

/** How often a screen asks again while it is visible, in milliseconds. */
export const refreshMs = { live: 2_000, calm: 10_000 } as const;

/** What went wrong, as a MemlaneError. */
export function errorOf(error: unknown): MemlaneError {
  if (MemlaneError.is(error)) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new MemlaneError({ code: "unreadable_response", message, cause: error });
}
