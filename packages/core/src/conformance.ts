// Checks whether a server does what both public APIs promise.
export * from "./conformance/run.ts";
export * from "./conformance/checks.ts";
export type { Check, Site } from "./conformance/check.ts";
export type { Answer, Call } from "./conformance/call.ts";
export type { ConformanceTarget } from "./conformance/target.ts";
export type * from "./conformance/runtime.ts";
