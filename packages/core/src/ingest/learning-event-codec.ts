import * as z from "zod/mini";
import { jobIdWire, memoryUuidWire } from "../dialect/id-wire.ts";
import { instantWire } from "../dialect/instant.ts";
import { memoryTypes } from "../memory/memory.ts";
import { learningEventOf } from "./learning-event.ts";

const reference = z.object({ id: memoryUuidWire, type: z.enum(memoryTypes) });

/**
 * The event that a webhook receives when an ingest job ends. `memories` is empty if nothing was extracted.
 */
export const learningEventCodec = learningEventOf({
  jobId: jobIdWire,
  references: z.array(reference),
  instant: instantWire,
});

/** An event of the ingest dialect, with parsed ids and time. */
export type LearningEvent = z.output<typeof learningEventCodec>;
