import { Agent } from "@mastra/core/agent";
import { MemoryClient } from "@memlane/sdk-node";
import { withMemory } from "@memlane/sdk-node/mastra";

const client = new MemoryClient();
// An earlier conversation.
await client.memories.ingestAndWait({
  messages: [{ role: "user", content: "I live in Paris." }],
  user_id: "ann",
  conv_id: "monday",
});

const agent = new Agent({
  id: "assistant",
  name: "Assistant",
  instructions: "Be brief.",
  model: "openai/gpt-5",
});
const memory = withMemory(client, {
  userId: "ann",
  conversationId: "tuesday",
});
const { text } = await agent.generate("Where do I live?", memory);
console.log(text);
