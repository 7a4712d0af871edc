import * as z from "zod/mini";
import { boundedText, replaceableText } from "../dialect/bounded-text.ts";
import { timestampWire } from "../dialect/timestamp.ts";
import { metadataWire } from "./metadata.ts";

/** Whether a text has nothing to remember: it is empty or white space. */
export function isBlank(content: string): boolean {
  return content.trim() === "";
}

/** How many memories one batch may contain. */
export const maximumBatchSize = 500;

const optionalName = z.optional(z.nullable(boundedText(255)));
const filterName = z.optional(boundedText(255));
const metadata = z.optional(z.nullable(metadataWire));

const scope = {
  /** The user that the memory is about. Like the other ids, up to 255 characters. */
  user_id: optionalName,
  agent_id: optionalName,
  /** The agent run that writes it. */
  run_id: optionalName,
};
const memoryFields = {
  ...scope,
  /** Up to 8,192 bytes as JSON, returned as it was sent; a string `id` names the item in the errors of its batch. */
  metadata,
  /** When it happened: an ISO 8601 date or datetime, in UTC if it has no offset. */
  timestamp: z.optional(z.nullable(timestampWire)),
};

/** One memory of a batch. Empty content is accepted here, because other clients expect an error for this item only. */
export const batchItemWire = z.strictObject({
  /** 1 to 16,000 characters. */
  content: replaceableText(16_000),
  ...memoryFields,
});
/** What a client sends as one memory of a batch. */
export interface BatchItem extends z.input<typeof batchItemWire> {}

/** The body of `POST /v1/batch`. `item` reads one memory; the server reads more leniently than clients may send. */
export const batchRequestOf = <Item extends z.ZodMiniType>(item: Item) =>
  z.strictObject({
    memories: z.array(item).check(z.minLength(1), z.maxLength(maximumBatchSize)),
  });

/** The body of `POST /v1/batch` as a client may send it. */
export const batchRequestWire = batchRequestOf(batchItemWire);

/** The text of a memory. */
export const batchContentWire = replaceableText(16_000, 1).check(
  z.refine((written) => written === "" || !isBlank(written), { error: "must not be blank" }),
);

/** The body of `POST /v1/memories` in the batch dialect. */
export const batchCreateRequestWire = z.strictObject({
  /** 1 to 16,000 characters, not only white space. */
  content: batchContentWire,
  ...memoryFields,
});

/** The query of `GET /v1/memories` in the batch dialect. */
export const batchListQueryWire = z.object({
  user_id: filterName,
  agent_id: filterName,
  run_id: filterName,
  limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(200)), 50),
  offset: z._default(z.coerce.number().check(z.int(), z.gte(0), z.lte(2_147_483_647)), 0),
});

/** The body of `POST /v1/memories/search` in the batch dialect. */
export const batchSearchRequestWire = z.strictObject({
  query: boundedText(2000, 1),
  ...scope,
  metadata,
  limit: z._default(z.int().check(z.gte(1), z.lte(50)), 15),
});

/** The body of `PATCH /v1/memories/{id}` in the batch dialect. */
export const memoryPatchWire = z.strictObject({
  content: replaceableText(16_000, 1).check(
    z.refine((text) => text.trim() !== "", { error: "must not be empty" }),
  ),
  /** The `updated_at` that the client has read. If the memory was changed since, nothing is changed. */
  expected_updated_at: z.optional(z.nullable(timestampWire)),
});
/** What a client sends to change a memory. */
export interface MemoryPatch extends z.input<typeof memoryPatchWire> {}
