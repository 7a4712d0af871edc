import { MemoryClient } from "@memlane/sdk-node";

const client = new MemoryClient();

const job = await client.memories.ingestAndWait({
  messages: [
    { role: "user", content: "What do I need for the trip?" },
    {
      role: "assistant",
      content:
        "Packing list for Norway:\n\n" +
        "- tent\n- stove\n- map\n- raincoat\n- lamp",
    },
  ],
  user_id: "nils",
  conv_id: "c1",
  extract_artifacts: true,
});

const [reference] = job.result?.memories_created ?? [];
const artifact = await client.memories.get(reference!.id);
console.log(artifact.type, artifact.details?.title);
console.log(artifact.details?.full_content);
