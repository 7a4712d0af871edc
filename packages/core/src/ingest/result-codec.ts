import * as z from "zod/mini";
import { memoryUuidWire } from "../dialect/id-wire.ts";
import { renamingOf, type OurNames, type Renaming } from "../dialect/our-names.ts";
import { memoryTypes } from "../memory/memory.ts";
import { ingestResultOf, messageOutcomes } from "./result.ts";

/** A result as this dialect allows it, with its ids read. */
export const exactIngestResultWire = ingestResultOf({
  memoryId: memoryUuidWire,
  memoryIds: z._default(z.record(memoryUuidWire, memoryUuidWire), {}),
  memoryType: z._default(z.enum(memoryTypes), "fact"),
  outcome: z.enum(messageOutcomes),
});

/** The fields whose name in our code is not the camelCase of the wire's name. */
export const ingestResultNames = {
  memories_created: "created",
  memories_updated: "updated",
  memories_superseded_by: "supersededBy",
} as const;

/** The result of an ingest job. */
export interface IngestResult extends OurNames<
  z.output<typeof exactIngestResultWire>,
  typeof ingestResultNames
> {}

/** A memory as a job reports it. */
export type MemoryReference = IngestResult["created"][number];
/** The extractor that read a conversation, and what it left out. */
export type ExtractorReport = NonNullable<IngestResult["extractor"]>;
/** The report on one message of an ingest job. */
export type MessageReport = NonNullable<IngestResult["messages"]>[number];

/** Reads a result from the wire's names and prints it in them. */
export const ingestResultRenaming: Renaming<
  z.output<typeof exactIngestResultWire>,
  IngestResult
> = renamingOf(exactIngestResultWire, ingestResultNames);
