// The words that a job works on.
import * as z from "zod/mini";
import { openWord } from "../dialect/open-word.ts";
import { messageOutcomes } from "../ingest/result.ts";

/** The answer to `GET /v1/jobs/{id}/request`. */
export const jobRequestWire = z.object({
  kind: z.enum(["ingest", "batch"]),
  /** As it is stored, so after redaction. Of an ended job, only the part that a retry would process. */
  request: z.unknown(),
});
/** The request of a job in the wire format. */
export interface JobRequestWire extends z.output<typeof jobRequestWire> {}

/** Which messages of a job to read. */
export interface JobMessagesQuery {
  /** Messages per page, 1 to 500. @default 200 */
  readonly limit?: number;
  readonly offset?: number;
}

const text = z.nullable(z.string());

/** The answer to `GET /v1/jobs/{id}/messages`. */
export const jobMessagesWire = z.object({
  /** In the order of the request; none for a batch. */
  data: z.array(
    z.object({
      /** Its position in the request. */
      index: z.int().check(z.gte(0)),
      dia_id: text,
      /** Null if the message is not kept, or an earlier job has stored it. */
      speaker: text,
      /** At most 4,000 characters; null like the speaker. */
      text,
      /** What became of it, as in the result of the job; null until the job has succeeded. */
      outcome: z.nullable(openWord(messageOutcomes)),
      /** The memories with its content, new or known. */
      memory_ids: z.array(z.string()),
    }),
  ),
  total: z.int().check(z.gte(0)),
});
/** The messages of a job in the wire format. */
export interface JobMessagesWire extends z.output<typeof jobMessagesWire> {}
