const advice: Readonly<Record<string, string>> = {
  cancelled: "It was cancelled, by a person or a program. Retry it to start a new job with the same content.",
  extractor_unavailable: "The model's endpoint did not answer. Check it, then retry: nothing is lost.",
  extraction_failed: "The text could not be read. The job's page shows the attempts and the request.",
  rate_limit_exceeded: "The model's endpoint refuses more requests. Retry later, or raise its limit.",
  ingest_failed: "The job's page shows its attempts, and what can be retried.",
  quota_exceeded: "The organisation has used up its quota: `memlane-server limits` shows it.",
};

/** What an operator can do about jobs that failed with this code. */
export function adviceForJob(code: string): string {
  return advice[code] ?? "The job's page shows each attempt with its error.";
}
