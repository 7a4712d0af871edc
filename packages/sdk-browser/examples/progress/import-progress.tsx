import { JobProgress, useJob } from "@memlane/sdk-browser/react";

export function ImportProgress({ id, token, baseUrl }: { id: string; token: string; baseUrl: string }) {
  const snapshot = useJob({
    id,
    token,
    baseUrl,
    dialect: "batch",
    refreshToken: () => newToken(id),
  });
  return <JobProgress snapshot={snapshot} label="Importing your notes" />;
}

async function newToken(id: string): Promise<string> {
  const response = await fetch(`/token?id=${id}`, { method: "POST" });
  if (!response.ok) throw new Error(`there is no new token: ${response.status}`); // the watch asks again later
  return response.text();
}
