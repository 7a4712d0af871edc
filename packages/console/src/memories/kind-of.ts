import type { IngestMemoryWire } from "@memlane/core";

/** What a memory is. The ingest dialect gives a message the type of its episode; only a message has a quote. */
export const kindOf = ({ type, details }: IngestMemoryWire) =>
  details?.quote === undefined ? type : "message";
