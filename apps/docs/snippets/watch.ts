import { MemoryClient } from "@memlane/sdk-node";

const client = new MemoryClient();
const { id } = await client.batch.create([
  { content: "Plays the cello.", user_id: "fay" },
]);

for await (const job of client.batch.watch(id)) {
  if (job.status === "completed")
    console.log(`${job.imported} of ${job.received}`);
}
