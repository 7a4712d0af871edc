import { MemoryClient } from "@memlane/sdk-node";

const client = new MemoryClient();
await client.memories.create({
  content: "Plays the cello.",
  user_id: "jane",
  metadata: { source: "form" },
});

for await (const line of client.export())
  if (line.user_id === "jane") console.log(line);
