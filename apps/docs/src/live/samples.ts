// One request for each operation of the HTTP API. The build sends them to a real server, and the reference shows the answers.
// A reader sends the same requests to the server in the tab.

/** Whose credentials a request has. */
export type SampleDialect = "ingest" | "batch";

/** A request for an operation. `{createBatch.id}` is the field `id` of the answer to another sample. */
export interface Sample {
  readonly dialect: SampleDialect;
  /** Method and path. */
  readonly request: string;
  readonly body?: unknown;
  /** Samples that are sent first. */
  readonly after?: readonly string[];
  /** Sends the request again until the answer has this text, for a few seconds. */
  readonly until?: string;
  /** Needs a key with the scope `operator`, which the server in the tab does not have. */
  readonly isForOperators?: boolean;
}

const ingest = (request: string, more: Omit<Sample, "dialect" | "request"> = {}): Sample => ({
  dialect: "ingest",
  request,
  ...more,
});
const batch = (request: string, more: Omit<Sample, "dialect" | "request"> = {}): Sample => ({
  dialect: "batch",
  request,
  ...more,
});

const said = (conv_id: string, content: string, more = {}) => ({
  user_id: "ann",
  conv_id,
  messages: [{ role: "user", content }],
  ...more,
});

const memory = "/v1/memories/{ingestConversation.result.memories_created.0.id}";

/** The samples by operation, in an order in which each finds what it needs. */
export const samples = {
  ping: batch("GET /v1/ping"),

  ingestConversation: ingest("POST /v1/memories?wait=true", { body: said("c1", "I live in Paris.") }),
  getIngestJob: ingest("GET /v1/memories/jobs/{ingestConversation.id}"),
  searchMemories: ingest("POST /v1/memories/search", {
    body: { user_id: "ann", query: "Where does Ann live?", limit: 1 },
    after: ["ingestConversation"],
  }),
  listJobMessages: ingest("GET /v1/jobs/{ingestConversation.id}/messages"),
  listMemories: ingest("GET /v1/memories?user_id=ann&type=fact&limit=1", { after: ["ingestConversation"] }),
  getMemory: ingest(`GET ${memory}`),
  listSources: ingest(`GET ${memory}/sources`),
  createGroup: ingest("POST /v1/groups", {
    body: { name: "Support team", prompt: "What the team agreed on." },
  }),
  listGroups: ingest("GET /v1/groups", { after: ["createGroup"] }),
  getGroup: ingest("GET /v1/groups/{createGroup.id}"),
  updateGroup: ingest("PATCH /v1/groups/{createGroup.id}", { body: { name: "Support" } }),
  changeMemoryGroups: ingest(`PATCH ${memory}`, { body: { add_group_ids: ["{createGroup.id}"] } }),
  archiveGroup: ingest("DELETE /v1/groups/{createGroup.id}"),
  moveToBerlin: ingest("POST /v1/memories?wait=true", {
    body: said("c2", "I moved to Berlin."),
    after: ["ingestConversation"],
  }),
  listRevisions: ingest(`GET ${memory}/revisions`, { after: ["moveToBerlin"] }),
  learnLesson: ingest("POST /v1/memories?wait=true", {
    body: said("c3", "Never run git pull here: use git fetch and git rebase.", { agentic: true }),
  }),
  triggerMemories: ingest("POST /v1/memories/trigger", {
    body: { user_id: "ann", entities: ["git pull"] },
    after: ["learnLesson"],
  }),
  deleteMemory: ingest("DELETE /v1/memories/{moveToBerlin.result.memories_created.0.id}"),

  createMemory: batch("POST /v1/memories", {
    body: { content: "I play the cello.", user_id: "bob", metadata: { source: "profile" } },
  }),
  searchSnippets: batch("POST /v1/memories/search", {
    body: { query: "cello", user_id: "bob", limit: 2 },
    after: ["createMemory"],
  }),
  listMemoriesByOffset: batch("GET /v1/memories?user_id=bob&limit=1", { after: ["createMemory"] }),
  getMemoryWithFacts: batch("GET /v1/memories/{createMemory.id}", { until: '"ready"' }),
  changeMemory: batch("PATCH /v1/memories/{createMemory.id}", { body: { content: "I play the violin." } }),
  getMemoryHistory: batch("GET /v1/memories/{createMemory.id}/history", { after: ["changeMemory"] }),
  listEvents: batch("GET /v1/events?user_id=bob", { after: ["createMemory"] }),
  forgetMemory: batch("DELETE /v1/memories/{createMemory.id}"),

  createBatch: batch("POST /v1/batch?wait=20", {
    body: {
      memories: [
        { content: "Likes green tea.", user_id: "cat", agent_id: "planner" },
        { content: "", metadata: { id: "note-2" } },
      ],
    },
  }),
  getBatch: batch("GET /v1/batch/{createBatch.id}"),
  getJob: ingest("GET /v1/jobs/{createBatch.id}"),
  watchJob: ingest("GET /v1/jobs/{createBatch.id}/events"),
  listJobs: ingest("GET /v1/jobs?status=completed&limit=1", { after: ["createBatch"] }),
  listJobAttempts: ingest("GET /v1/jobs/{createBatch.id}/attempts"),
  getJobRequest: ingest("GET /v1/jobs/{createBatch.id}/request"),
  createJobToken: ingest("POST /v1/jobs/{createBatch.id}/token?expires_in=600"),
  retryJobs: ingest("POST /v1/jobs/retry", {
    body: { filter: { kind: "batch" }, dry_run: true },
    after: ["createBatch"],
  }),
  retryJob: ingest("POST /v1/jobs/{createBatch.id}/retry"),
  longBatch: batch("POST /v1/batch", {
    body: {
      memories: Array.from({ length: 500 }, (_, index) => ({
        content: `Note ${index + 1}.`,
        user_id: "dan",
      })),
    },
  }),
  cancelJobs: ingest("POST /v1/jobs/cancel", {
    body: { filter: { kind: "batch" }, dry_run: true },
    after: ["createBatch"],
  }),
  cancelJob: ingest("POST /v1/jobs/{longBatch.id}/cancel"),

  addFact: batch("POST /v1/facts", {
    body: { subject: "Eve", predicate: "works_at", object: "Acme", user_id: "eve" },
  }),
  listFacts: batch("GET /v1/facts?user_id=eve", { after: ["addFact"] }),
  getFact: batch("GET /v1/facts/{addFact.id}"),
  correctFact: batch("PATCH /v1/facts/{addFact.id}", { body: { object: "Globex" } }),
  forgetFact: batch("POST /v1/facts/{correctFact.id}/forget", { body: { at: "2026-11-01" } }),
  addHome: batch("POST /v1/facts", {
    body: { subject: "Eve", predicate: "lives_in", object: "Oslo", user_id: "eve" },
  }),
  getProfile: batch("GET /v1/profile?user_id=eve", { after: ["addHome"] }),
  getContext: batch("GET /v1/context?user_id=eve&query=where+does+Eve+live&token_budget=200", {
    after: ["addHome"],
  }),

  putWebhook: ingest("PUT /v1/webhooks", { body: { url: "https://agent.example.com/memlane" } }),
  getMainWebhook: ingest("GET /v1/webhooks", { after: ["putWebhook"] }),
  createWebhook: ingest("POST /v1/webhooks", {
    body: { url: "https://agent.example.com/memlane", events: ["memory.learning.failed"] },
  }),
  getWebhook: ingest("GET /v1/webhooks/{createWebhook.id}"),
  updateWebhook: ingest("PATCH /v1/webhooks/{createWebhook.id}", { body: { enabled: true } }),
  listWebhooks: ingest("GET /v1/webhooks/all", { after: ["createWebhook"] }),
  testWebhook: ingest("POST /v1/webhooks/{createWebhook.id}/test"),
  learnDog: ingest("POST /v1/memories?wait=true", {
    body: said("c4", "I have a dog."),
    after: ["putWebhook"],
  }),
  listWebhookDeliveries: ingest("GET /v1/webhooks/deliveries?limit=1", {
    after: ["learnDog"],
    until: '"succeeded"',
  }),
  replayWebhookDelivery: ingest("POST /v1/webhooks/deliveries/{listWebhookDeliveries.data.0.id}/replay"),
  deleteWebhook: ingest("DELETE /v1/webhooks/{createWebhook.id}"),
  deleteMainWebhook: ingest("DELETE /v1/webhooks", { after: ["putWebhook"] }),

  getMe: ingest("GET /v1/me"),
  listKeys: ingest("GET /v1/keys"),
  getStats: ingest("GET /v1/stats", { after: ["createBatch"] }),
  getService: ingest("GET /v1/service", { isForOperators: true }),
  listOrgs: ingest("GET /v1/orgs?limit=2", { isForOperators: true }),
  getUsage: ingest("GET /v1/usage", { after: ["ingestConversation"] }),
  exportLines: ingest("GET /v1/export?limit=1", { after: ["createBatch"] }),
  listUsers: batch("GET /v1/users?limit=2", { after: ["createBatch", "addHome"] }),
  listAgents: batch("GET /v1/agents", { after: ["createBatch"] }),
  eraseAgent: batch("DELETE /v1/agents/planner", { after: ["createBatch"] }),
  eraseUser: batch("DELETE /v1/users/ann/memories", { after: ["ingestConversation"] }),
  listAuditEvents: batch("GET /v1/audit?action=erase", { after: ["eraseUser"] }),
} as const satisfies Readonly<Record<string, Sample>>;
