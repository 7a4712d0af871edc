import type { JsonObject } from "../json.ts";
import type { IngestStatus } from "../ingest/status.ts";

const id = "job_a1b2c3d4e5f6071829304a5b6c7d8e9f"; // the seed's own example
const created_at = "2023-11-07T05:31:56Z";

/** The job of the ingest seed in each of its states, as on the wire. */
export const ingestJobs = {
  pending: {
    id,
    status: "pending",
    created_at,
    object: "ingest_job",
    updated_at: "2023-11-07T05:31:56Z",
    result: null,
    error: null,
  },
  running: {
    id,
    status: "running",
    created_at,
    object: "ingest_job",
    updated_at: "2023-11-07T05:31:57Z",
    result: null,
    error: null,
  },
  succeeded: {
    id,
    status: "succeeded",
    created_at,
    object: "ingest_job",
    updated_at: "2023-11-07T05:31:58Z",
    result: {
      object: "ingest_result",
      memories_created: [
        { id: "018ba85a-1d20-7c3d-8a1b-0123456789ab", type: "fact", text: "Lives in Berlin." },
      ],
      memories_updated: [
        { id: "018ba859-0c10-7b2c-9a0b-0123456789ab", type: "fact", text: "Likes tea and coffee." },
      ],
      memories_superseded_by: {
        "018ba858-0b00-7a1b-8a09-0123456789ab": "018ba85a-1d20-7c3d-8a1b-0123456789ab",
      },
      stage_timings: { extract: 0.25, persist: 0.125 },
      extractor: {
        name: "llm",
        model: "small",
        prompt: "extract-memories-1",
        unread_messages: 2,
        refused_claims: 1,
      },
      messages: [
        { index: 0, outcome: "nothing", memory_ids: [] },
        { index: 1, id: "d1", outcome: "superseded", memory_ids: ["018ba85a-1d20-7c3d-8a1b-0123456789ab"] },
      ],
      redactions: { github_token: 1, card_number: 2 },
      ignored_group_ids: ["grp_018ba857010070008a080123456789ab"],
      left_out: 3,
    },
    error: null,
  },
  failed: {
    id,
    status: "failed",
    created_at,
    object: "ingest_job",
    updated_at: "2023-11-07T05:31:58Z",
    result: null,
    error: { type: "server_error", code: "ingest_failed", message: "The extractor could not be reached." },
  },
} as const satisfies Record<IngestStatus, JsonObject>;
