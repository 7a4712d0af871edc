import { MemoryClient } from "@memlane/sdk-node";

// The address, the key and the organisation are in the environment.
const client = new MemoryClient();

const job = await client.memories.ingest({
  messages: [
    {
      role: "user",
      content: "I have a dog called Rex. I work as a nurse.",
    },
    { role: "assistant", content: "Nice! Where do you live?" },
    { role: "user", content: "In Lisbon." },
  ],
  user_id: "carl",
  conv_id: "c3",
});
console.log(job.id, job.status);

const done = await client.memories.jobs.pollUntilDone(job.id);
for (const memory of done.result?.memories_created ?? [])
  console.log(`${memory.type}: ${memory.text}`);
