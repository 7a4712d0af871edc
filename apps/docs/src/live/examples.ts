// The requests that the page offers.
import { liveKey, liveOrg } from "./live-account.ts";

/** A request to try. */
export interface Example {
  readonly title: string;
  /** Method and path; `{job}` is replaced by the job in the latest answer. */
  readonly route: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const ingest = { "x-api-key": liveKey, "x-org-id": liveOrg };
const batch = { authorization: `Bearer ${liveKey}` };

const conversation = (conv_id: string, ...contents: string[]) => ({
  user_id: "ann",
  conv_id,
  messages: contents.map((content, index) => ({ role: index % 2 === 0 ? "user" : "assistant", content })),
});

/** The requests in a useful order. */
export const examples: readonly Example[] = [
  {
    title: "Send a conversation",
    route: "POST /v1/memories",
    headers: ingest,
    body: conversation(
      "c1",
      "I live in Paris and I have two cats.",
      "Lovely! What do you do?",
      "I work as a nurse.",
    ),
  },
  { title: "Watch that job to its end, as events", route: "GET /v1/jobs/{job}/events", headers: ingest },
  {
    title: "Say something that replaces a memory, and wait",
    route: "POST /v1/memories?wait=true",
    headers: ingest,
    body: conversation("c2", "I moved to Berlin last week."),
  },
  {
    title: "Search what is remembered",
    route: "POST /v1/memories/search",
    headers: ingest,
    body: { user_id: "ann", query: "Berlin" },
  },
  {
    title: "Import a batch of 200, one of them empty",
    route: "POST /v1/batch",
    headers: batch,
    body: {
      memories: Array.from({ length: 200 }, (_, index) => ({
        content: index === 7 ? "" : `Note ${index + 1} about the garden.`,
        user_id: "bob",
      })),
    },
  },
  { title: "Look at that batch", route: "GET /v1/batch/{job}?wait=20", headers: batch },
  {
    title: "Make a mistake: an unreadable timestamp",
    route: "POST /v1/batch",
    headers: batch,
    body: { memories: [{ content: "Likes tea.", timestamp: "yesterday" }] },
  },
  { title: "List every job", route: "GET /v1/jobs", headers: ingest },
  { title: "Read the OpenAPI document of this server", route: "GET /openapi.json", headers: {} },
];
