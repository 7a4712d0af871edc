import { watchJob } from "@memlane/sdk-browser";

// Your backend has the API key: it sends the conversation. The page
// gets the job's id, and a token that can read only this job.
const response = await fetch("/chat", { method: "POST" });
const { id, token, baseUrl } = await response.json();

const watch = watchJob({ id, token, baseUrl, dialect: "ingest" });
watch.subscribe(() => {
  const snapshot = watch.getSnapshot();
  if (snapshot.phase !== "ended") return;
  console.log(snapshot.job.status);
  for (const memory of snapshot.job.result?.memories_created ?? [])
    if (memory.type === "fact") console.log(memory.text);
});
