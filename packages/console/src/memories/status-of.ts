import type { IngestMemoryWire } from "@memlane/core";

/** The status of a memory. A memory without details is active. */
export const statusOf = ({ details }: IngestMemoryWire) => details?.status ?? "active";
