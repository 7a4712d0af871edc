import type { IngestMemoryWire } from "@memlane/core";

/** Whether a client wrote the memory as it is. The ingest dialect calls it an episode, but it is of no conversation. */
export const isWritten = ({ type, conv_id: conversation }: IngestMemoryWire) =>
  type === "episode" && conversation === null;
