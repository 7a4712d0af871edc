import { boundedText, maximumBatchSize } from "@memlane/core/internal";
import * as z from "zod/mini";

/** The body of a request that creates an import. */
export const importRequestWire = z.strictObject({
  notes: z
    .array(z.strictObject({ text: boundedText(16_000), about: z.optional(boundedText(255)) }))
    .check(z.minLength(1), z.maxLength(maximumBatchSize)),
});
