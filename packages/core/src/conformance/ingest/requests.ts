import { check } from "../check.ts";
import { expectAnswer } from "../expect.ts";
import { conversationOf, remember } from "../prepare.ts";
import { ingestError, unfinishedJob } from "./documents.ts";

const many = (length: number) =>
  Array.from({ length }, (_, index) => `grp_${String(index).padStart(32, "0")}`);

export const requestChecks = [
  check(
    "ingest.requests.no-messages",
    "An empty list of messages is 400 `invalid_messages`.",
    async (site) => {
      const body = { ...conversationOf(site), messages: [] };
      expectAnswer(await site.ingest("POST /v1/memories", body), 400, ingestError("invalid_messages"));
    },
  ),
  check(
    "ingest.requests.missing-messages",
    "If `messages` is missing or not a list, the answer is 422.",
    async (site) => {
      for (const messages of [undefined, "Hi!", {}, 5, null]) {
        const body = { ...conversationOf(site), messages };
        expectAnswer(await site.ingest("POST /v1/memories", body), 422, ingestError("invalid_request"));
      }
    },
  ),
  check("ingest.requests.user-id", "A missing or empty `user_id` is 422 `missing_user_id`.", async (site) => {
    for (const user_id of [undefined, ""]) {
      const body = { ...conversationOf(site, "Hi!"), user_id };
      expectAnswer(await site.ingest("POST /v1/memories", body), 422, ingestError("missing_user_id"));
    }
  }),
  check("ingest.requests.conv-id", "A missing or empty `conv_id` is 422 `missing_conv_id`.", async (site) => {
    for (const conv_id of [undefined, ""]) {
      const body = { ...conversationOf(site, "Hi!"), conv_id };
      expectAnswer(await site.ingest("POST /v1/memories", body), 422, ingestError("missing_conv_id"));
    }
  }),
  check(
    "ingest.requests.null-fields",
    "`agent_id`, `app_id`, `timestamp_format` and `namespace` may be null.",
    async (site) => {
      const nulls = { agent_id: null, app_id: null, timestamp_format: null, namespace: null };
      const body = { ...conversationOf(site, "Hi!"), ...nulls };
      expectAnswer(await site.ingest("POST /v1/memories", body), 202, unfinishedJob);
    },
  ),
  check(
    "ingest.requests.empty-fields",
    "`agent_id`, `app_id`, `timestamp_format` and `namespace` may be empty; an empty id is none.",
    async (site) => {
      const empty = { agent_id: "", app_id: "", timestamp_format: "", namespace: "" };
      await remember(site, ["I live in Oslo."], empty);
      expectAnswer(await site.ingest(`GET /v1/memories?user_id=${site.user}&type=fact`), 200, {
        data: [{ agent_id: null, app_id: null }],
      });
    },
  ),
  check(
    "ingest.requests.message-fields",
    "`date` and `dia_id` of a message may be null or absent; `role` is any text.",
    async (site) => {
      const messages = [
        { role: "user", content: "Hi!", date: null, dia_id: null },
        { role: "Ada Lovelace", content: "Hello!" },
        { role: "assistant", content: "Hello!", date: "2026-03-01T14:30:00Z", dia_id: "d1" },
      ];
      expectAnswer(
        await site.ingest("POST /v1/memories", { ...conversationOf(site), messages }),
        202,
        unfinishedJob,
      );
    },
  ),
  check("ingest.requests.unknown-keys", "Unknown keys are ignored.", async (site) => {
    const body = { ...conversationOf(site, "Hi!"), colour: "red" };
    expectAnswer(await site.ingest("POST /v1/memories", body), 202, unfinishedJob);
  }),
  check("ingest.requests.namespace", "`namespace` has at most 256 characters.", async (site) => {
    const send = (length: number) =>
      site.ingest("POST /v1/memories", { ...conversationOf(site, "Hi!"), namespace: "x".repeat(length) });
    expectAnswer(await send(256), 202, unfinishedJob);
    expectAnswer(await send(257), 422, ingestError("invalid_request"));
  }),
  check(
    "ingest.requests.many-groups",
    "More than 20 `group_ids` are 422 `invalid_request`.",
    async (site) => {
      const send = (length: number) =>
        site.ingest("POST /v1/memories", { ...conversationOf(site, "Hi!"), group_ids: many(length) });
      expectAnswer(await send(20), 202, unfinishedJob);
      expectAnswer(await send(21), 422, ingestError("invalid_request"));
    },
  ),
  check(
    "ingest.requests.unknown-groups",
    "Unknown group ids never fail a job; they come back in `ignored_group_ids`.",
    async (site) => {
      const [unknown = ""] = many(1);
      const job = await remember(site, ["I live in Oslo."], { group_ids: [unknown] });
      expectAnswer(await site.ingest(`GET /v1/memories/jobs/${job.id}`), 200, {
        result: { ignored_group_ids: [unknown] },
      });
    },
  ),
  check(
    "ingest.requests.timestamp-format",
    "A date that `timestamp_format` cannot read does not fail the job.",
    async (site) => {
      const messages = [{ role: "user", content: "I live in Oslo.", date: "soon" }];
      await remember(site, [], { messages, timestamp_format: "%Y-%m-%d" });
    },
  ),
];
