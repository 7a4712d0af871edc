import type { IngestMemoryWire } from "@memlane/core";

/** What a memory is. The ingest dialect calls the messages of an episode episodes, too. */
export const kindOf = ({ type, details }: IngestMemoryWire) =>
  details?.quote === undefined ? type : "message";
