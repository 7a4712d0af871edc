import { MemoryClient } from "@memlane/sdk-node";

const client = new MemoryClient();
const batch = await client.batch.createAndWait([
  { content: "Likes tea.", user_id: "kim" },
  { content: "" },
]);

// Retries what was not stored, as a new job.
const again = await client.jobs.retry(batch.id);
console.log((await client.batch.pollUntilDone(again.id)).errors);

for await (const job of client.jobs.list({
  kind: "batch",
  limit: 2,
})) {
  console.log(
    job.id === again.id ? "the new job" : "the old one",
    job.status,
  );
  if (job.id === batch.id) break;
}
