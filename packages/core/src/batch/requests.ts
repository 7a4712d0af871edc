import * as z from "zod/mini";
import { boundedText, notBlank, replaceableText } from "../dialect/bounded-text.ts";
import { timestampWire } from "../dialect/timestamp.ts";
import { metadataWire } from "./metadata.ts";
import { filterId, optionalId } from "../dialect/optional-id.ts";
import { pageQuery } from "./page-query.ts";
import { withDefault } from "../dialect/with-default.ts";

/** How many memories one batch may contain. */
export const maximumBatchSize = 500;

const metadata = z.optional(z.nullable(metadataWire));

const scope = {
  /** The user that the memory is about. Like the other ids, up to 255 characters; an empty one is none. */
  user_id: optionalId,
  agent_id: optionalId,
  /** The agent run that writes it. */
  run_id: optionalId,
};
const memoryFields = {
  ...scope,
  /** Up to 8,192 bytes as JSON, returned as it was sent; a string `id` names the item in the errors of its batch. */
  metadata,
  /** When it happened: an ISO 8601 date or datetime, in UTC if it has no offset. */
  timestamp: z.optional(z.nullable(timestampWire)),
};

/**
 * One memory of a batch. Empty content passes this schema: the server reports it as an error of this item and stores the other
 * items.
 */
export const batchItemWire = z.strictObject({
  /** 1 to 16,000 characters; empty content is an error of this item only. */
  content: replaceableText(16_000),
  ...memoryFields,
});
/** What a client sends as one memory of a batch. */
export interface BatchItem extends z.input<typeof batchItemWire> {}

/** The body of `POST /v1/batch`. `item` is the schema of one memory. The server's also accepts most bad items, to report them one by one. */
export const batchRequestOf = <Item extends z.ZodMiniType>(item: Item) =>
  z.strictObject({
    memories: z.array(item).check(z.minLength(1), z.maxLength(maximumBatchSize)),
  });

/** The body of `POST /v1/batch` as a client may send it. */
export const batchRequestWire = batchRequestOf(batchItemWire);

/** The text of a memory. */
export const batchContentWire = replaceableText(16_000, 1).check(notBlank);

/** The body of `POST /v1/memories` in the batch dialect. */
export const batchCreateRequestWire = z.strictObject({
  /** 1 to 16,000 characters, not only white space. */
  content: batchContentWire,
  ...memoryFields,
});

/** The query of `GET /v1/memories` in the batch dialect. */
export const batchListQueryWire = z.object({
  user_id: filterId,
  agent_id: filterId,
  run_id: filterId,
  ...pageQuery(200, 50),
});

/** The body of `POST /v1/memories/search` in the batch dialect. */
export const batchSearchRequestWire = z.strictObject({
  query: boundedText(2000, 1),
  ...scope,
  metadata,
  limit: withDefault(z.int().check(z.gte(1), z.lte(50)), 15),
});

/** What a client sends to list memories in the batch dialect. */
export interface WrittenListQuery extends Omit<z.input<typeof batchListQueryWire>, "limit" | "offset"> {
  /** Memories per page, 1 to 200. @default 50 */
  readonly limit?: number;
  readonly offset?: number;
}
/** What a client sends to search in the batch dialect. */
export interface WrittenSearchRequest extends z.input<typeof batchSearchRequestWire> {}

/** The body of `PATCH /v1/memories/{id}` in the batch dialect. */
export const memoryPatchWire = z.strictObject({
  content: batchContentWire,
  /** The `updated_at` that the client has read. If the memory was changed since, nothing is changed. */
  expected_updated_at: z.optional(z.nullable(timestampWire)),
});
/** What a client sends to change a memory. */
export interface MemoryPatch extends z.input<typeof memoryPatchWire> {}
