import { isJobTimeout, MemoryClient } from "@memlane/sdk-node";

const client = new MemoryClient();
const memories = Array.from({ length: 500 }, (_, index) => ({
  content: `Note ${index}.`,
  user_id: "gil",
}));
const { id } = await client.batch.create(memories);

try {
  await client.batch.pollUntilDone(id, { timeoutMs: 1 });
} catch (error) {
  if (!isJobTimeout(error)) throw error;
  console.log("it goes on:", error.jobId === id);
}
const done = await client.batch.pollUntilDone(id);
console.log(done.status);
