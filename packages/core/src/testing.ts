// For tests of programs that use core: a scripted clock and transport, arbitraries, fixtures, and
// the contract of transports.

// Scripted time and transport: a world in which nothing waits.
export * from "./testing/scripted-clock.ts";
export * from "./testing/scripted-transport.ts";
export * from "./testing/scripted-runtime.ts";

// Arbitraries: random values for property tests.
export * from "./testing/text-arbitrary.ts";
export * from "./testing/id-arbitraries.ts";
export * from "./testing/job-arbitraries.ts";
export * from "./testing/memory-arbitraries.ts";
export * from "./testing/error-arbitraries.ts";
export * from "./testing/policy-arbitraries.ts";
export * from "./testing/json-arbitraries.ts";

// Fixtures: the seeds, and the shape of a document.
export * from "./testing/ingest-fixtures.ts";
export * from "./testing/batch-fixtures.ts";
export * from "./testing/seed-errors.ts";
export * from "./testing/shape.ts";

// Contract of transports: what every transport must do.
export * from "./testing/transport-contract.ts";
export * from "./testing/transport-routes.ts";
export type { TransportSubject } from "./testing/transport-subject.ts";
