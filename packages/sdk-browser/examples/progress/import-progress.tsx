import { JobProgress, useJob } from "@memlane/sdk-browser/react";

export function ImportProgress({ id, token, baseUrl }: { id: string; token: string; baseUrl: string }) {
  const snapshot = useJob({
    id,
    token,
    baseUrl,
    dialect: "batch",
    refreshToken: async () => (await fetch(`/token?id=${id}`, { method: "POST" })).text(),
  });
  return <JobProgress snapshot={snapshot} label="Importing your notes" />;
}
