/** A page of the HTTP reference. Operations of two dialects on one path share a page. */
export interface HttpPage {
  /** The last part of the page's address. */
  readonly slug: string;
  readonly title: string;
  /** The `operationId` of each operation in the OpenAPI documents. */
  readonly operations: readonly string[];
}

/** The pages in the order of the sidebar. */
export const httpGroups: readonly { readonly label: string; readonly pages: readonly HttpPage[] }[] = [
  {
    label: "Memories",
    pages: [
      page("add-memories", "Add memories", "ingestConversation", "createMemory"),
      page("search-memories", "Search memories", "searchMemories", "searchSnippets"),
      page("list-memories", "List memories", "listMemories", "listMemoriesByOffset"),
      page("read-a-memory", "Read a memory", "getMemory", "getMemoryWithFacts"),
      page("change-a-memory", "Change a memory", "changeMemoryGroups", "changeMemory"),
      page("delete-a-memory", "Delete a memory", "deleteMemory", "forgetMemory"),
      page("list-revisions", "List a memory's revisions", "listRevisions"),
      page("list-sources", "List a memory's sources", "listSources"),
      page("read-history", "Read a memory's history", "getMemoryHistory"),
      page("recall-lessons", "Recall lessons", "triggerMemories"),
      page("get-context", "Get the context for a prompt", "getContext"),
      page("list-writes", "List writes", "listEvents"),
    ],
  },
  {
    label: "Batches",
    pages: [
      page("send-a-batch", "Send a batch", "createBatch"),
      page("read-a-batch", "Read a batch", "getBatch"),
    ],
  },
  {
    label: "Jobs",
    pages: [
      page("read-an-ingest-job", "Read an ingest job", "getIngestJob"),
      page("read-any-job", "Read a job of any kind", "getJob"),
      page("list-jobs", "List jobs", "listJobs"),
      page("follow-a-job", "Stream a job's events", "watchJob"),
      page("list-attempts", "List a job's attempts", "listJobAttempts"),
      page("list-messages", "List the messages of a job", "listJobMessages"),
      page("read-the-request", "Read the request of a job", "getJobRequest"),
      page("cancel-a-job", "Cancel a job", "cancelJob"),
      page("retry-a-job", "Retry a job", "retryJob"),
      page("cancel-many-jobs", "Cancel many jobs", "cancelJobs"),
      page("retry-many-jobs", "Retry many jobs", "retryJobs"),
      page("create-a-job-token", "Create a job token", "createJobToken"),
    ],
  },
  {
    label: "Facts",
    pages: [
      page("list-facts", "List facts", "listFacts"),
      page("read-a-fact", "Read a fact", "getFact"),
      page("add-a-fact", "Add a fact", "addFact"),
      page("correct-a-fact", "Correct a fact", "correctFact"),
      page("forget-a-fact", "Forget a fact", "forgetFact"),
      page("read-a-profile", "Read a user's profile", "getProfile"),
    ],
  },
  {
    label: "Groups",
    pages: [
      page("create-a-group", "Create a group", "createGroup"),
      page("list-groups", "List groups", "listGroups"),
      page("read-a-group", "Read a group", "getGroup"),
      page("change-a-group", "Change a group", "updateGroup"),
      page("archive-a-group", "Archive a group", "archiveGroup"),
    ],
  },
  {
    label: "Users and agents",
    pages: [
      page("list-users", "List users", "listUsers"),
      page("erase-a-user", "Erase a user", "eraseUser"),
      page("list-agents", "List agents", "listAgents"),
      page("erase-an-agent", "Erase an agent", "eraseAgent"),
    ],
  },
  {
    label: "Webhooks",
    pages: [
      page("create-a-webhook", "Create a webhook", "createWebhook"),
      page("list-webhooks", "List webhooks", "listWebhooks"),
      page("read-a-webhook", "Read a webhook", "getWebhook"),
      page("change-a-webhook", "Change a webhook", "updateWebhook"),
      page("test-a-webhook", "Test a webhook", "testWebhook"),
      page("delete-a-webhook", "Delete a webhook", "deleteWebhook"),
      page("set-the-webhook", "Set the main webhook", "putWebhook"),
      page("read-the-webhook", "Read the main webhook", "getMainWebhook"),
      page("delete-the-webhook", "Delete the main webhook", "deleteMainWebhook"),
      page("list-deliveries", "List deliveries", "listWebhookDeliveries"),
      page("replay-a-delivery", "Replay a delivery", "replayWebhookDelivery"),
    ],
  },
  {
    label: "The organisation",
    pages: [
      page("check-a-key", "Check a key", "ping"),
      page("read-your-key", "Read your key's organisation", "getMe"),
      page("list-keys", "List the keys", "listKeys"),
      page("read-usage", "Read the usage", "getUsage"),
      page("read-the-audit-log", "Read the audit log", "listAuditEvents"),
      page("export-everything", "Export everything", "exportLines"),
    ],
  },
  {
    label: "Operating a server",
    pages: [
      page("read-statistics", "Read statistics", "getStats"),
      page("read-the-service", "Read the state of the service", "getService"),
      page("list-organisations", "List organisations", "listOrgs"),
    ],
  },
];

function page(slug: string, title: string, ...operations: readonly string[]): HttpPage {
  return { slug, title, operations };
}
