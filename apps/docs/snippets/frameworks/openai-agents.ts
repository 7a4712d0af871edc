import { MemoryClient } from "@memlane/sdk-node";
import { withMemory } from "@memlane/sdk-node/openai-agents";
import { Agent, MemorySession, run } from "@openai/agents";

const client = new MemoryClient();
// An earlier conversation.
await client.memories.ingestAndWait({
  messages: [{ role: "user", content: "I live in Paris." }],
  user_id: "ann",
  conv_id: "monday",
});

const agent = new Agent({
  name: "Assistant",
  instructions: "Be brief.",
});
const session = new MemorySession({ sessionId: "tuesday" });
const memory = withMemory(session, client, { userId: "ann" });
const answer = await run(agent, "Where do I live?", memory);
console.log(answer.finalOutput);
