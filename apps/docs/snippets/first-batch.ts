import { MemoryClient } from "@memlane/sdk-node";

const client = new MemoryClient();

const batch = await client.batch.create([
  { content: "Likes green tea.", user_id: "bob" },
  {
    content: "Speaks Greek.",
    user_id: "bob",
    timestamp: "2026-03-01",
  },
  { content: "", user_id: "bob" },
]);
const done = await client.batch.pollUntilDone(batch.id);

console.log(`${done.imported} of ${done.received} stored`);
for (const { index, error } of done.errors)
  console.log(`memories[${index}]: ${error}`);
