import { JobProgress, useJob } from "@memlane/sdk-browser/react";

interface Job {
  readonly id: string;
  readonly token: string;
  readonly baseUrl: string;
}

export function ImportProgress(job: Job) {
  const snapshot = useJob({
    ...job,
    dialect: "batch",
    refreshToken: () => newToken(job.id),
  });
  return <JobProgress snapshot={snapshot} label="Importing your notes" />;
}

async function newToken(id: string): Promise<string> {
  const response = await fetch(`/token?id=${id}`, { method: "POST" });
  // What is thrown is tried again.
  if (!response.ok) throw new Error(`/token: ${response.status}`);
  return response.text();
}
