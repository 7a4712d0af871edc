// The client for every runtime that has `fetch`, such as Cloudflare Workers, Deno, Bun and edge functions. Uses nothing of Node.js.
export {
  createMemoryClient,
  signUp,
  type FetchClientOptions,
  type FetchSignUpOptions,
} from "./fetch-client.ts";
export type { ConnectionOptions, MemoryClientOptions } from "./client-options.ts";
export type { ClientHooks, Logger, RequestAttempt } from "./hooks.ts";
export type { Fetch } from "./transport.ts";
export * from "./client-surface.ts";
